"""Settings, from the environment. Read once by whoever starts the program and passed down as plain values."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each field is the variable `BACKSTRAIGHT_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="BACKSTRAIGHT_", frozen=True, extra="ignore")

    database_url: str | None = None
    """`postgresql://…` or `sqlite:///…`; without it, SQLite in the data folder."""
    data_dir: Path = Path("var")
    admin_token: SecretStr | None = Field(default=None, min_length=16)
    """Without it the first start makes one and prints it once."""
    auto_migrate: bool = True
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535)
    connections: int = Field(default=2_000, ge=1)
    """At once; those beyond are answered 503."""
    header_seconds: float = Field(default=10.0, gt=0)
    """From the first byte of a request, or the opening of a connection, to the end of the headers."""
    body_seconds: float = Field(default=120.0, gt=0)
    """From the end of the headers to the end of the body."""
    body_bytes_per_second: int = Field(default=1_024, ge=0)
    """A sender that stays below this for ten seconds is cut off."""
    idle_seconds: int = Field(default=300, gt=0)
    """How long a connection may wait for its next request; five seconds once half of `connections` are open."""

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'backstraight.db'}"

    @property
    def admin_secret(self) -> str | None:
        return self.admin_token.get_secret_value() if self.admin_token else None
