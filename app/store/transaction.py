"""What can be done within one transaction, noun by noun."""

from app.store.access import Access, AccessWriter
from app.store.facts import Facts, FactsWriter
from app.store.idempotency import Idempotency
from app.store.jobs import Jobs, JobsWriter
from app.store.meets import Meets, MeetsWriter
from app.store.people import People, PeopleWriter
from app.store.reads import Reads, ReadsWriter
from app.store.series import Series, SeriesWriter
from app.store.session import Session
from app.store.texts import Texts, TextsWriter


class Reader:
    """What there is to look at: a snapshot, or in a glance each look as of its own moment. Valid inside its `with`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.meets = Meets(session)
        self.facts = Facts(session, self.meets)
        self.reads = Reads(session, self.meets)
        self.people = People(session, self.meets)
        self.texts = Texts(session, self.meets)
        self.access = Access(session)
        self.series = Series(session)
        self.jobs = Jobs(session)


class Writer(Reader):
    """A transaction that is not committed yet."""

    meets: MeetsWriter
    facts: FactsWriter
    reads: ReadsWriter
    people: PeopleWriter
    texts: TextsWriter
    access: AccessWriter
    series: SeriesWriter
    jobs: JobsWriter

    def __init__(self, session: Session) -> None:
        self.session = session
        self.meets = MeetsWriter(session)
        self.facts = FactsWriter(session, self.meets)
        self.reads = ReadsWriter(session, self.meets, self.facts)
        self.people = PeopleWriter(session, self.meets)
        self.texts = TextsWriter(session, self.meets)
        self.access = AccessWriter(session)
        self.series = SeriesWriter(session)
        self.jobs = JobsWriter(session)
        self.idempotency = Idempotency(session)
