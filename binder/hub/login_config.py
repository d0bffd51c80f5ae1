"""The hub with a university's accounts in place of passwords of its own: by OpenID Connect, or from Moodle by LTI 1.3.

All other settings are those of jupyterhub_config.py. The login is in a file ``login.toml`` of the folder in which the
hub is started, which only its owner may read; notebooks/guides/university/accounts.md shows both kinds.
"""

import stat
import sys
import tomllib
from pathlib import Path

FILE = Path.cwd() / "login.toml"
ASKED = {
    "openid": ("callback", "authorize", "token", "userdata", "client_id", "client_secret", "username"),
    "lti": ("issuer", "authorize", "keys", "client_id", "username"),
}
"""What the file has for each kind of login."""

try:
    given = tomllib.loads(FILE.read_text(encoding="utf-8"))
except OSError:
    sys.exit(f"there is no {FILE.name} in {FILE.parent}")
except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
    sys.exit(f"{FILE.name} is no TOML: {error}")
kind = given.pop("kind", "")
if kind not in ASKED:
    sys.exit(f"{FILE.name}: kind is one of {', '.join(ASKED)}, not {kind!r}")
if set(given) != set(ASKED[kind]) or not all(isinstance(text, str) and text for text in given.values()):
    sys.exit(f"{FILE.name}: the kind {kind} has a text for each of {', '.join(ASKED[kind])}, and nothing else")
if FILE.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
    sys.exit(f"{FILE.name} holds a secret: let only its owner read it (chmod 600)")

load_subconfig("jupyterhub_config.py", str(Path(__file__).parent))  # noqa: F821

c = get_config()  # noqa: F821
if kind == "openid":
    c.JupyterHub.authenticator_class = "generic-oauth"
    c.GenericOAuthenticator.oauth_callback_url = given["callback"]
    c.GenericOAuthenticator.authorize_url = given["authorize"]
    c.GenericOAuthenticator.token_url = given["token"]
    c.GenericOAuthenticator.userdata_url = given["userdata"]
    c.GenericOAuthenticator.client_id = given["client_id"]
    c.GenericOAuthenticator.client_secret = given["client_secret"]
    c.GenericOAuthenticator.username_claim = given["username"]
    c.GenericOAuthenticator.scope = ["openid", "profile"]
    c.GenericOAuthenticator.auto_login = True  # there is no other way in
else:
    c.JupyterHub.authenticator_class = "ltiauthenticator.lti13.auth.LTI13Authenticator"
    c.LTI13Authenticator.issuer = given["issuer"]
    c.LTI13Authenticator.authorize_url = given["authorize"]
    c.LTI13Authenticator.jwks_endpoint = given["keys"]
    c.LTI13Authenticator.client_id = {given["client_id"]}
    c.LTI13Authenticator.username_key = given["username"]
