#!/bin/sh
# Make var/bench-env, where our rivals live: it sees everything in .venv, and .venv sees nothing of it.
# Without a network it stays as it was; what is missing has no row to stand against.
set -u

home=var/bench-env
if [ ! -x $home/bin/python ]; then
    rm -rf $home
    .venv/bin/python -m venv --without-pip $home || exit 1
fi
packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
inside=$($home/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
# addsitedir, not a bare path: what is installed editably there is found as well.
echo "import site; site.addsitedir('$packages')" > "$inside/beside.pth"
asked=$(cksum < pyproject.toml)
if [ "$(cat $home/.asked 2>/dev/null)" = "$asked" ]; then exit 0; fi
if timeout 300 $home/bin/python -m pip install --quiet --disable-pip-version-check --group rivals; then
    echo "$asked" > $home/.asked
else
    echo "Not all rivals can be installed; rows without one say so." >&2
fi
