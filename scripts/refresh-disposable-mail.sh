#!/bin/sh
# Renews rules/lists/disposable-mail.txt from the PyPI package `disposable-email-domains`, which carries the CC0
# list of github.com/disposable-email-domains/disposable-email-domains.
# Needs pip and python3; writes nothing but that list.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m pip download --quiet --no-deps --only-binary :all: --dest "$work" disposable-email-domains
python3 - "$work" rules/lists/disposable-mail.txt <<'PY'
import datetime, pathlib, re, sys, zipfile

folder, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
package = next(folder.iterdir())
with zipfile.ZipFile(package) as archive:
    text = "\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith((".py", ".conf")))
domain = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")
found = {word for word in re.findall(r"'([^'\s]+)'", text) if domain.fullmatch(word)}
if len(found) < 3000:
    sys.exit(f"could not refresh {target}: {package.name} holds {len(found)} domains (at least 3000 are expected)")
lines = pathlib.Path("rules/lists/free-mail.txt").read_text(encoding="utf-8").splitlines()
found -= {line for line in lines if not line.startswith("#")}
head = (
    "# Domains that hand out throw-away mail addresses. Refresh: scripts/refresh-disposable-mail.sh\n"
    "# Source: github.com/disposable-email-domains/disposable-email-domains (CC0 1.0), "
    f"PyPI {package.name}. Taken {datetime.date.today().isoformat()}.\n"
)
target.write_text(head + "".join(value + "\n" for value in sorted(found)), encoding="utf-8")
print(f"{target}: {len(found)} domains")
PY
