#!/bin/sh
# Installs from wheelhouse/ in a copy of this folder where no network can be reached, as the README says under "Without a network",
# and asks the dashboard for its first page. Ends with 77 where this system does not let a user cut the network off.
set -eu
cd "$(dirname "$0")/.."

[ -d wheelhouse ] || { echo "还没有 wheelhouse/，请先运行 make wheelhouse" >&2; exit 1; }
cut_off="unshare --net"
$cut_off true 2>/dev/null || cut_off="unshare --map-root-user --net"
$cut_off true 2>/dev/null || { echo "这里不能切断网络（unshare --net 不被允许），没有检查" >&2; exit 77; }

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT INT TERM
tar --create --exclude=./.venv --exclude=./.uv --exclude=./.node --exclude=./.bench --exclude=./.sql --exclude=./node_modules \
    --exclude=./.git --exclude='./warehouse.duckdb*' . | tar --extract --directory "$copy"
cd "$copy"
# No cache either: what an earlier installation left on this machine is not on the other one.
env -i PATH="$PATH" HOME="$copy" LANG="${LANG:-C.UTF-8}" UV_NO_CACHE=1 PIP_NO_CACHE_DIR=1 \
    $cut_off sh -euc '
        make --no-print-directory install warehouse
        .venv/bin/python -c "from dashboard.app import create_app
answer = create_app().server.test_client().get(\"/\", headers={\"Accept\": \"text/html\"})
assert answer.status_code == 200, answer.status"
        make --no-print-directory .venv/.dev
        .venv/bin/python -m pytest -q -p no:cacheprovider tests/test_docs.py
    '
echo "不联网也能从 wheelhouse/ 装好、建库、打开首页。"
