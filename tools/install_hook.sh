#!/bin/sh
# Puts tools/pre-commit where git looks for hooks, unless that place is shared or somebody else's hook is there.
set -eu

refuse() {
    printf '%s\n' "$1" "请自行在提交钩子中加入一行：make check" >&2
    exit 1
}

git rev-parse --git-dir >/dev/null 2>&1 || {
    echo "这里不是 git 仓库，无法安装提交钩子。" >&2
    exit 1
}
shared=$(git config core.hooksPath || true)
[ -z "$shared" ] || refuse "git 已设置 core.hooksPath=$shared，未改动。"
hook=$(git rev-parse --git-path hooks)/pre-commit
if [ -e "$hook" ] && ! cmp -s tools/pre-commit "$hook"; then
    refuse "已有别的提交钩子，未改动：$hook"
fi
mkdir -p "$(dirname "$hook")"
cp tools/pre-commit "$hook"
chmod +x "$hook"
echo "已安装：每次提交前运行 make check（临时跳过：git commit --no-verify）"
