"""Settings, endpoints and keys: what is chosen, from where, and to whom a key goes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from interviewer import config
from interviewer.cli.main import main
from interviewer.config import keys
from interviewer.config.settings import TEMPLATE, Settings
from interviewer.errors import ConfigError, NotSetUp

KEY = "song-of-a-canary-0123456789"


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.asked: list[str] = []

    def get_password(self, service: str, username: str) -> str | None:
        self.asked.append(username)
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    made = Ring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    return made


def written(home: Path, text: str) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "config.toml").write_text(text)


def test_the_commented_file_is_itself_valid_and_means_the_defaults() -> None:
    assert Settings.model_validate(tomllib.loads(TEMPLATE)) == Settings()
    uncommented = "\n".join(line.removeprefix("# ") if " = " in line or "[" in line[:4] else line
                            for line in TEMPLATE.splitlines() if not line.startswith("# For engine"))  # fmt: skip
    named = {line.split(" = ")[0] for line in uncommented.splitlines() if " = " in line}
    assert set(Settings.model_fields) - {"prices", "endpoints"} <= named


@pytest.mark.parametrize("name", config.table())
def test_every_endpoint_of_the_table_can_be_chosen_by_name(name: str, home: Path) -> None:
    place = config.table()[name]
    own = f'base_url = "{place.base_url.replace("YOUR-RESOURCE", "mine")}"\n' if "YOUR-" in place.base_url else ""
    written(home, f'endpoint = "{name}"\nmodel = "m"\n{own}')
    where = config.endpoint()
    assert (where.name, where.model, where.key_env) == (name, "m", place.key_env)
    assert config.ready() is where.local


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://mine.openai.azure.com/openai/v1/", "azure"), ("http://127.0.0.1:11434/v1", "ollama"),
        ("http://localhost:9999/v1", ""), ("https://openrouter.ai/api/v1", "openrouter"),
        ("https://api.openai.com.evil.test/v1", ""), ("https://openrouter.ai@evil.test/v1", ""),
    ],
)  # fmt: skip
def test_an_address_alone_is_recognised_by_its_host(
    url: str, name: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("OPENAI_API_KEY", "AZURE_OPENAI_API_KEY", "OPENROUTER_API_KEY"):
        monkeypatch.setenv(variable, f"{KEY}-{variable}")
    written(home, f'base_url = "{url}"\n')
    where = config.endpoint()
    assert where.name == name
    expected = f"{KEY}-{config.table()[name].key_env}" if name and config.table()[name].key_env else None
    assert (where.api_key.get_secret_value() if where.api_key else None) == expected


def test_the_openai_key_goes_to_openai_or_to_the_address_beside_it_and_nowhere_else(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert config.endpoint().api_key is not None
    written(home, 'base_url = "https://elsewhere.test/v1"\n')
    assert config.endpoint().api_key is None
    monkeypatch.setenv("OPENAI_BASE_URL", "https://chosen.test/v1")
    where = config.endpoint()
    assert where.host == "chosen.test" and where.api_key is not None


def test_an_endpoint_of_ones_own_has_its_own_key_and_model(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORK_KEY", KEY)
    written(home, 'endpoint = "work"\n[endpoints.work]\nbase_url = "https://w.test/v1"\nkey_env = "WORK_KEY"\n'
                  'model = "big"\n')  # fmt: skip
    where = config.endpoint()
    assert (where.model, where.host) == ("big", "w.test")
    assert where.api_key is not None and where.api_key.get_secret_value() == KEY
    assert KEY not in repr(where)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('endpoint = "olama"\n', ("olama", "ollama", "openrouter")),
        ('endpoint = "azure"\n', ("azure", "base_url", "YOUR-RESOURCE")),
        ('[endpoints.work]\nbase_url = "ftp://x"\n', (":2", "http://")),
        ('[endpoints.work]\nbase_url = "https://x"\napi_key = "k"\n', (":3", "api_key", "key_env")),
        ("[prices.m]\ninput = -1\noutput = 2\n", (":2", "input")),
        ("most_tokens = 10\n", (":1", "most_tokens", "1000")),
    ],
)
def test_a_wrong_endpoint_or_price_is_named_with_its_line(text: str, names: tuple[str, ...], home: Path) -> None:
    written(home, text)
    with pytest.raises(ConfigError) as caught:
        config.endpoint()
    assert [name for name in names if name not in str(caught.value)] == []


def test_a_setting_saved_beside_tables_stays_outside_of_them(home: Path) -> None:
    written(home, '# mine\n[prices.m]\ninput = 1\noutput = 2\n\n[endpoints.work]\nbase_url = "https://w.test/v1"\n')
    config.save("model", "m")
    config.save("endpoint", "work")
    assert config.settings().model == "m" and config.endpoint().host == "w.test"
    assert "# mine" in config.path().read_text()


def test_a_key_in_the_keyring_is_for_one_origin_and_in_no_file(
    ring: Ring, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    written(home, 'base_url = "https://one.test/v1"\n')
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
    assert main(["key", "set"]) == 0
    assert config.endpoint().api_key is not None
    assert main(["key", "show"]) == 0
    assert "keyring" in capsys.readouterr().out
    config.save("base_url", "https://two.test/v1")
    assert config.endpoint().api_key is None
    config.save("base_url", "https://one.test/v1")
    assert all(KEY not in f.read_text() for f in home.rglob("*") if f.is_file())
    assert main(["key", "forget"]) == 0
    assert config.endpoint().api_key is None and not ring.kept


def test_a_keyring_is_not_asked_for_what_was_never_put_there(ring: Ring) -> None:
    config.endpoint()
    assert ring.asked == []


def test_without_a_keyring_it_is_said_and_the_environment_named() -> None:
    with pytest.raises(NotSetUp, match="environment"):
        keys.keep("https://one.test", KEY)
    with pytest.raises(NotSetUp, match="No key"):
        keys.forget("https://one.test")
