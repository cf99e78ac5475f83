// What the page can do beyond being read: sort, filter, show more, draw charts, change between light and dark, print whole.
// All figures stand in the HTML without it. Text from the submissions reaches the page by the HTML parser, escaped, or by
// textContent; the one innerHTML below takes markup that this very page carries in a <noscript>.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, under = document) => [...under.querySelectorAll(selector)];
  const data = JSON.parse(document.getElementById("chart-data").textContent);
  const words = data.words;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /* light and dark: as the system says until the button is used */
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("theme");
  let dark = system.matches;
  function show(theme) {
    dark = theme;
    root.dataset.theme = dark ? "dark" : "light";
    button.textContent = dark ? words.light : words.dark;
    draw();
  }
  button.hidden = false;
  button.onclick = () => show(!dark);
  system.addEventListener("change", (event) => show(event.matches));

  /* lists: rows of a table or cards, the first page in the document, the rest as text until it is needed */
  const collator = new Intl.Collator(document.documentElement.lang);
  const missing = (text) => ["—", "…", "＝", ""].includes(text);
  // "并列4" is 4, "1,029.22" is 1029.22, "▼2" is -2, "－" (no change) is 0.
  const number = (text) => Number(text.replace("▼", "-").replace(/[^\d.-]/g, "") || 0);
  // A cell as something to compare; a grade by the number in its class, so that Excellent comes before Good.
  function key(cell, kind) {
    const text = cell.textContent.trim();
    if (missing(text)) return null;
    if (kind === "grade") return Number(cell.firstElementChild.className.slice(-1));
    return kind === "text" || kind === "place" ? text : number(text);
  }

  // Rows of a list that are printed; a browser gives up on many times as many.
  const PRINTED = 2000;

  const lists = all("[data-list]").map((list) => {
    const body = list.querySelector("tbody, .cards");
    const tools = list.querySelector(".tools");
    const again = list.querySelector(".again");
    const page = Number(list.dataset.list);
    const fields = tools ? all("[data-by]", tools) : [];
    let rest = list.querySelector("noscript");
    let items = [...body.children];
    let order = items;
    let limit = page;
    // On paper only: how many rows are left out of a list that is too long for it.
    const unprinted = Object.assign(document.createElement("p"), { className: "only-print" });
    list.append(unprinted);

    function load() {
      if (!rest) return;
      const holder = document.createElement("template");
      holder.innerHTML = rest.textContent;
      const more = holder.content.querySelector(body.matches("tbody") ? "tbody" : ".cards");
      items = items.concat([...more.children]);
      order = items;
      rest = null;
    }
    function matches(item) {
      return fields.every((field) => {
        const wanted = field.value.trim();
        if (!wanted) return true;
        if (field.dataset.by !== "text") return item.dataset[field.dataset.by] === wanted;
        return item.textContent.toLowerCase().includes(wanted.toLowerCase());
      });
    }
    function render() {
      const found = fields.some((field) => field.value.trim()) ? order.filter(matches) : order;
      const total = rest ? Number(list.dataset.count) : found.length;
      body.replaceChildren(...found.slice(0, limit));
      if (tools) tools.querySelector("output").textContent = fill(list.dataset.found, { n: total });
      const left = Math.max(0, total - limit);
      again.hidden = left === 0;
      again.textContent = fill(list.dataset.more, { n: Math.min(page * 2, left), rest: left });
      unprinted.textContent = left && limit === PRINTED ? fill(list.dataset.unprinted, { n: limit, rest: left }) : "";
    }
    function sort(head, column) {
      load();
      const kind = head.dataset.kind;
      const before = head.getAttribute("aria-sort");
      // Text and ranks begin at their start, figures at the largest.
      const up = before === "none" ? kind !== "figure" && kind !== "count" : before === "descending";
      all("thead th", list).forEach((other) => other.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const keyed = items.map((item) => [key(item.cells[column], kind), item]);
      keyed.sort(([a], [b]) => {
        if (a === null || b === null) return (a === null) - (b === null);
        const by = typeof a === "string" ? collator.compare(a, b) : a - b;
        return up ? by : -by;
      });
      order = keyed.map(([, item]) => item);
      render();
    }

    if (tools) {
      tools.hidden = false;
      tools.addEventListener("input", () => { load(); limit = page; render(); });
    }
    again.onclick = () => { load(); limit += page * 2; render(); };
    all("thead button", list).forEach((head) => {
      const cell = head.parentNode;
      head.onclick = () => sort(cell, cell.cellIndex);
    });
    render();
    return { whole() { load(); const was = limit; limit = PRINTED; render(); return () => { limit = was; render(); }; } };
  });

  // Sections off the screen have a guessed height until they are near, so a jump is aimed once more when it has arrived.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target) requestAnimationFrame(() => requestAnimationFrame(() => target.scrollIntoView()));
  });

  /* charts */
  const charts = new Map();
  let everyone = false;
  const lines = (text) => {
    const box = document.createElement("div");
    text.forEach((line) => { box.append(Object.assign(document.createElement("div"), { textContent: line })); });
    return box;
  };
  function draw() {
    const style = getComputedStyle(root);
    const colour = (name) => style.getPropertyValue("--" + name).trim();
    const [ink, muted, line, bg, blue] = ["ink", "muted", "line", "bg", "blue"].map(colour);
    const narrow = innerWidth < 760;
    const grades = [0, 1, 2, 3].map((n) => ({ fill: colour("grade" + n), on: colour("on" + n) })).concat({ fill: "transparent", on: ink });
    const label = { color: ink, fontSize: 12 };
    const axis = {
      axisLine: { lineStyle: { color: muted } }, axisTick: { show: false }, axisLabel: label,
      splitLine: { lineStyle: { color: line } }, nameTextStyle: { color: muted },
    };
    const guide = (at) => ({ symbol: "none", silent: true, lineStyle: { color: muted, type: "dashed" }, label: { show: false }, data: at });
    const plot = (left, right, top, bottom) => ({ left, right, top, bottom, containLabel: true });
    function put(id, option) {
      const box = document.getElementById(id);
      if (!box) return;
      if (!charts.has(id)) charts.set(id, echarts.init(box, null, { renderer: "svg" }));
      const chart = charts.get(id);
      chart.setOption({
        animation: false,
        textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
        tooltip: { backgroundColor: bg, borderColor: line, textStyle: { color: ink, fontSize: 13 }, confine: true, formatter: (p) => lines(p.data.tip) },
        ...option,
      }, true);
      fit(chart, box);
    }

    if (data.changes) {
      put("chart-changes", {
        grid: plot(4, 8, 8, 4),
        xAxis: { type: "value", show: false },
        yAxis: { ...axis, type: "category", inverse: true, data: data.changes.map((one) => one.name), axisLabel: { ...label, interval: 0, fontSize: 11.5, width: narrow ? 104 : 170, overflow: "truncate" } },
        series: [{
          type: "bar", barCategoryGap: "28%",
          data: data.changes.map((one) => ({
            value: one.by, tip: one.tip, itemStyle: { color: one.by > 0 ? grades[1].fill : grades[2].fill, borderColor: muted, borderWidth: 0.6 },
            label: { position: one.by > 0 ? "insideLeft" : "insideRight" },
          })),
          label: { show: true, color: ink, fontSize: 11.5, backgroundColor: bg, padding: [0, 3], formatter: (p) => data.changes[p.dataIndex].label },
          markLine: { z: 1, ...guide([{ xAxis: 0 }]) },
        }],
      });
    }
    if (!data.grades) return;
    put("chart-grades", {
      legend: { bottom: 0, textStyle: { color: ink }, itemWidth: 14, itemHeight: 12 },
      grid: plot(8, 16, 12, 36),
      xAxis: { type: "value", max: 100, show: false },
      yAxis: { ...axis, type: "category", inverse: true, data: data.grades.bars, axisLine: { show: false } },
      series: data.grades.parts.map((part) => ({
        name: part.name, type: "bar", stack: "all", barWidth: "56%",
        data: part.shares.map((share) => ({ value: share, tip: part.tip })),
        itemStyle: { color: grades[part.grade].fill, borderColor: part.grade === 4 ? muted : bg, borderWidth: 1, borderType: part.grade === 4 ? "dashed" : "solid" },
        label: { show: true, color: grades[part.grade].on, fontSize: 12, formatter: (p) => (p.value >= (narrow ? 11 : 6) ? p.value.toFixed(1) + "%" : "") },
      })),
    });
    put("chart-scores", {
      grid: plot(8, 8, 26, 6),
      xAxis: { ...axis, type: "category", data: data.scores.map((band) => band.name), axisLabel: { ...label, interval: 0, fontSize: narrow ? 10 : 12, rotate: narrow ? 45 : 0 } },
      yAxis: { type: "value", show: false },
      series: [{
        type: "bar", barCategoryGap: "12%", label: { show: true, position: "top", color: ink },
        data: data.scores.map((band) => ({ value: band.count, tip: band.tip, itemStyle: { color: grades[band.grade].fill, borderColor: muted, borderWidth: 0.6 } })),
      }],
    });

    const { bars: ranked, few, mean } = data.departments;
    const shown = everyone || ranked.length <= few * 3 ? ranked : [...ranked.slice(0, few), { name: "…", score: null, label: "", grade: 4, tip: [] }, ...ranked.slice(-few)];
    const box = document.getElementById("chart-departments");
    if (box) box.style.height = shown.length > 30 ? shown.length * 18 + 20 + "px" : "";
    put("chart-departments", {
      grid: plot(4, 56, 8, 4),
      xAxis: { type: "value", min: 0, max: data.departments.most, show: false },
      yAxis: { ...axis, type: "category", inverse: true, data: shown.map((one) => one.name), axisLabel: { ...label, interval: 0, fontSize: 11.5, width: narrow ? 104 : 170, overflow: "truncate" } },
      series: [{
        type: "bar", barCategoryGap: "28%",
        data: shown.map((one) => ({ value: one.score, tip: one.tip, itemStyle: { color: (grades[one.grade] || grades[4]).fill, borderColor: muted, borderWidth: 0.6 } })),
        label: { show: true, position: "right", color: ink, fontSize: 11.5, backgroundColor: bg, padding: [0, 3], formatter: (p) => shown[p.dataIndex].label },
        markLine: mean === null ? undefined : { z: 1, ...guide([{ xAxis: mean }]) },
      }],
    });
    put("chart-scatter", {
      grid: plot(8, narrow ? 18 : 30, 30, 30),
      xAxis: { ...axis, type: "value", scale: true, name: data.scatter.x, nameLocation: "middle", nameGap: 26, axisLabel: { ...label, formatter: (v) => Math.round(v * 1000) / 10 + "%" } },
      yAxis: { ...axis, type: "value", scale: true, name: data.scatter.y, nameTextStyle: { color: muted, align: "left" } },
      series: [{
        type: "scatter", symbolSize: 11, itemStyle: { color: blue, opacity: 0.85, borderColor: bg, borderWidth: 1 },
        data: data.scatter.points.map((point) => ({ value: point.at, name: point.name, tip: point.tip, label: { show: point.named } })),
        label: { position: "right", color: ink, fontSize: 12, formatter: (p) => p.name },
        labelLayout: { hideOverlap: true },
        markLine: guide(data.scatter.guides),
      }],
    });
  }
  // The viewBox lets print stretch a chart to the width of the paper.
  function fit(chart, box) {
    chart.resize();
    const picture = box.querySelector("svg");
    if (picture) picture.setAttribute("viewBox", `0 0 ${box.clientWidth} ${box.clientHeight}`);
  }
  const toggle = document.getElementById("all-departments");
  if (toggle) {
    toggle.hidden = false;
    toggle.onclick = () => {
      everyone = !everyone;
      toggle.textContent = everyone ? words.few : words.every;
      toggle.setAttribute("aria-pressed", everyone);
      draw();
    };
  }
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width || matchMedia("print").matches) return;
    width = innerWidth;
    draw();
  });

  /* print: light, the rows that the filters let through */
  let restore = [];
  addEventListener("beforeprint", () => {
    const was = dark;
    restore = lists.map((list) => list.whole()).concat(() => show(was));
    show(false);
  });
  addEventListener("afterprint", () => { restore.forEach((undo) => undo()); restore = []; });

  show(dark);
})();
