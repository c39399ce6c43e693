# 政脉 zhengmai: make 或 make help 列出全部命令。  make, or make help, lists the commands.

# 存储目录与监听地址。  The store's folder and the address to serve on.
STORE ?= .zhengmai/store
BIND ?= 127.0.0.1:7979
export STORE BIND

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test quick verify bench accuracy clean-store

help: ## 列出命令 | list the commands
	@printf '政脉 zhengmai\n\n'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\) | \(.*\)/  make \1|\2|\3/p' Makefile | \
		while IFS='|' read -r name zh en; do printf '%-20s%s\n%-20s%s\n' "$$name" "$$zh" '' "$$en"; done
	@printf '\n变量 variables: STORE=%s BIND=%s CARGO_TARGET_DIR=%s\n' '$(STORE)' '$(BIND)' "$${CARGO_TARGET_DIR:-target}"

run: ## 构建、装载 data/documents、启动服务 | build, load data/documents, serve
	@scripts/run

test: ## 安装测试所需,运行全部测试 | install what the tests need and run them
	@scripts/test

quick: ## 不带 RocksDB 的快速检查(改代码时用) | quick checks without RocksDB, while editing
	@scripts/quick

verify: ## 耗时的检查:断电、长性质测试、许可 | the long checks: kills, long properties, licences
	@scripts/verify

bench: ## 基准测试 | benchmarks
	@scripts/prepare build
	@scripts/bench

accuracy: ## 抽取准确率(对照标注) | accuracy of extraction against the annotations
	@scripts/prepare build
	@scripts/build
	@if [ -x scripts/accuracy ]; then scripts/accuracy; else cargo test --release --locked accuracy -- --nocapture; fi

clean-store: ## 删除存储 STORE | remove the store STORE
	@scripts/clean-store
