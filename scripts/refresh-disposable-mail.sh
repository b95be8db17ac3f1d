#!/bin/sh
# Renews rules/lists/disposable-mail.txt from the PyPI package `disposable-email-domains`, which carries the CC0
# list of github.com/disposable-email-domains/disposable-email-domains.
# Needs pip and python3; writes nothing but that list.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m pip download --quiet --no-deps --no-binary :none: --dest "$work" disposable-email-domains
python3 - "$work" rules/lists/disposable-mail.txt <<'PY'
import datetime, pathlib, re, sys, tarfile, zipfile

folder, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
package = next(folder.iterdir())
name = "disposable_email_blocklist.conf"
if package.suffix == ".whl":
    with zipfile.ZipFile(package) as archive:
        text = archive.read(next(n for n in archive.namelist() if n.endswith(name))).decode()
else:
    with tarfile.open(package) as archive:
        text = archive.extractfile(next(n for n in archive.getnames() if n.endswith(name))).read().decode()
domain = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")
found = {line for line in text.split() if domain.fullmatch(line)}
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
