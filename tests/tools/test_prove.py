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
    page = prove.page(prove.read(report))
    assert "| no read is lost | holds | kills 200 | 12.3 |" in page
    assert "| it breaks | failure |  | 1.0 |" in page
