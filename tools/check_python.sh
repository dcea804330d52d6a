#!/bin/sh
# Stops with a remedy when the Python given is missing, too old, or cannot make virtual environments.
python=${1:-python3}

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

command -v "$python" >/dev/null 2>&1 || fail \
    "找不到 $python。请安装 Python 3.11 或更高版本（Debian/Ubuntu：apt-get install python3 python3-venv）。" \
    "$python not found: install Python 3.11 or newer."

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail \
    "需要 Python 3.11 或更高版本，$python 是 $("$python" --version 2>&1)。" \
    "已另装新版本时请指明：make run PYTHON=python3.12" \
    "Python 3.11 or newer is needed; name another one with PYTHON=python3.12."

"$python" -c 'import ensurepip, venv' 2>/dev/null || fail \
    "$python 不能建立虚拟环境：缺少 venv 或 ensurepip。" \
    "Debian/Ubuntu 请安装：apt-get install python3-venv" \
    "$python cannot make virtual environments: install the package python3-venv."
