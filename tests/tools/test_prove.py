"""The page of proofs is made from what pytest reported."""

from pathlib import Path

from tools import prove

REPORT = """<testsuites><testsuite>
<testcase name="test_no_read_is_lost" time="12.34">
<properties><property name="kills" value="200"/></properties></testcase>
<testcase name="test_it_breaks" time="1"><failure message="no">trace</failure></testcase>
</testsuite></testsuites>"""


def test_a_proof_has_its_outcome_and_its_figures(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    page = prove.page(prove.read(report), "1a2b3c4")
    assert "| no read is lost | holds | kills 200 | 12.3 | 1a2b3c4 |" in page
    assert "| it breaks | failure |  | 1.0 | 1a2b3c4 |" in page


def test_a_run_of_some_proofs_renews_their_rows_and_keeps_the_others() -> None:
    both = [prove.Proof("one", "holds", 1.0, ()), prove.Proof("two", "failure", 2.0, ())]
    before = prove.page(both, "1a2b3c4")
    after = prove.page([prove.Proof("two", "holds", 3.0, ())], "5d6e7f8", before)
    assert [line for line in after.splitlines() if line.startswith("| ")][1:] == [
        "| one | holds |  | 1.0 | 1a2b3c4 |",
        "| two | holds |  | 3.0 | 5d6e7f8 |",
    ]
