#!/bin/sh
# Rebuilds echarts.min.js from entry.js and the exact versions in package.json; needs node and the npm registry.
# Two builds give the same bytes. Afterwards put the new hash into assets.rs: its test prints it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/entry.js" "$here/package.json" "$work/"
cd "$work"
npm install --no-audit --no-fund --no-package-lock --ignore-scripts
node node_modules/esbuild/bin/esbuild entry.js --bundle --minify --target=es2020 --format=iife --global-name=echarts \
  --charset=utf8 --legal-comments=eof --define:process.env.NODE_ENV=\"production\" --outfile=bundle.js
# esbuild keeps the notices of zrender and tslib but not the header of ECharts itself, which its licence asks for.
{
  cat <<'LICENCE'
/*!
* Licensed to the Apache Software Foundation (ASF) under one
* or more contributor license agreements.  See the NOTICE file
* distributed with this work for additional information
* regarding copyright ownership.  The ASF licenses this file
* to you under the Apache License, Version 2.0 (the
* "License"); you may not use this file except in compliance
* with the License.  You may obtain a copy of the License at
*
*   http://www.apache.org/licenses/LICENSE-2.0
*
* Unless required by applicable law or agreed to in writing,
* software distributed under the License is distributed on an
* "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY
* KIND, either express or implied.  See the License for the
* specific language governing permissions and limitations
* under the License.
*
* Apache ECharts 6.1.0, Copyright 2017-2026 The Apache Software Foundation.
* This product includes software developed at The Apache Software Foundation (https://www.apache.org/).
*/
LICENCE
  cat bundle.js
} > "$here/echarts.min.js"
cp node_modules/echarts/LICENSE node_modules/echarts/NOTICE "$here/"
