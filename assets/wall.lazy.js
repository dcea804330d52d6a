/* 大屏: shows one scene after another; 空格 pauses, ← → move, Esc leaves; buttons for the same appear when something moves. At every turn it asks whether there is a new build or a new page. */
(function () {
  "use strict";
  var TURN = 20000, AGAIN = 15000, FADE = 900, HIDE = 4000; // ms
  var WIDTH = 1920, HEIGHT = 1080, INSET = 28;
  var stage = document.getElementById("stage"), place = document.getElementById("scenes"), marks = document.getElementById("marks");
  var state = document.getElementById("state"), build = document.getElementById("build");
  var shown = { build: null, scenes: [], at: 0, etag: null };
  var controls = document.getElementById("controls"), hiding = null;
  var paused = false, timer = null, still = window.matchMedia("(prefers-reduced-motion: reduce)");

  function fit() {
    stage.style.setProperty("--fit", Math.min(window.innerWidth / WIDTH, window.innerHeight / HEIGHT));
  }

  function element(name, look, text) {
    var made = document.createElement(name);
    made.className = look;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function said(scene) {
    var box = element("div", "wall__said"), figure = element("p", "wall__figure"), finding = element("p", "wall__finding");
    figure.style.fontSize = scene.figure_px + "px";
    scene.figure.forEach(function (part) {
      figure.append(part.text);
      if (part.unit) figure.append(element("span", "wall__unit", part.unit));
    });
    scene.finding.forEach(function (part) { finding.append(part.number ? element("b", "", part.text) : part.text); });
    box.append(element("p", "wall__theme", scene.theme), figure, element("h1", "wall__question", scene.question), finding);
    return box;
  }

  function notes(scene) {
    var box = element("div", "wall__notes");
    [["口径", scene.notes], ["资料来源", scene.sources]].forEach(function (part) {
      if (!part[1]) return;
      var line = element("p", "");
      line.append(element("b", "", part[0]), part[1]);
      box.append(line);
    });
    return box;
  }

  /* The drawing in the middle of its card; smaller than it was made for only if the data have outgrown the screen. */
  function draw(scene, card) {
    var plot = element("div", "wall__plot"), layout = scene.chart.layout;
    card.append(plot);
    window.Plotly.newPlot(plot, scene.chart.data, Object.assign({}, layout), { staticPlot: true, responsive: false, locale: "zh-CN" });
    var room = [card.clientWidth - 2 * INSET, card.clientHeight - 2 * INSET];
    var scale = Math.min(1, room[0] / layout.width, room[1] / layout.height);
    plot.style.transform = "scale(" + scale + ") translate(-50%, -50%)";
    return scale;
  }

  function show(at) {
    var count = shown.scenes.length;
    if (!count) return;
    shown.at = (at + count) % count;
    var scene = shown.scenes[shown.at], box = element("section", "wall__scene");
    var card = element("div", "wall__chart");
    card.setAttribute("role", "img");
    card.setAttribute("aria-label", scene.alt);
    var below = notes(scene);
    box.dataset.scene = scene.id;
    box.append(said(scene), card, below);
    place.append(box);
    if (scene.sources_count && card.clientHeight < scene.chart.layout.height + 2 * INSET) {
      below.lastChild.lastChild.textContent = scene.sources_count; // the whole list stands on the page that it names
    }
    box.dataset.scale = draw(scene, card);
    window.requestAnimationFrame(function () { box.classList.add("wall__scene--on"); });
    Array.prototype.slice.call(place.children, 0, -1).forEach(function (old) { leave(old); });
    mark();
    wait();
  }

  function leave(old) {
    old.classList.remove("wall__scene--on");
    window.setTimeout(function () {
      var plot = old.querySelector(".wall__plot");
      if (plot) window.Plotly.purge(plot);
      old.remove();
    }, still.matches ? 0 : FADE);
  }

  function mark() {
    marks.replaceChildren.apply(marks, shown.scenes.map(function (_scene, index) {
      var look = index === shown.at ? " wall__mark--on" : index < shown.at ? " wall__mark--past" : "";
      return element("li", "wall__mark" + look);
    }));
  }

  function wait() {
    window.clearTimeout(timer);
    if (!paused) timer = window.setTimeout(turn, TURN);
  }

  function turn() { refresh().then(function () { show(shown.at + 1); }); }

  /* The scenes of the build that is published now; what cannot be had leaves the screen as it is, and says so. */
  function refresh() {
    return window.fetch("/wall/scenes.json", { cache: "no-cache" }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then(function (found) {
      if (found.version !== stage.dataset.version) return window.location.reload();
      if (found.build !== shown.build) {
        shown = { build: found.build, scenes: found.scenes, at: -1 };
        build.textContent = found.dated;
        stage.dataset.build = found.build;
      }
      state.textContent = paused ? "已暂停" : "";
    }).catch(function () {
      state.textContent = "暂时连不上数据，画面是上一次取到的";
    });
  }

  function start() {
    refresh().then(function () {
      if (shown.scenes.length) return show(0);
      place.replaceChildren(element("p", "wall__message", shown.build ? "未公布：本库暂无可显示的内容" : "正在等待数据……"));
      window.setTimeout(start, AGAIN);
    });
  }

  function pause() {
    paused = !paused;
    document.body.classList.toggle("wall--paused", paused);
    controls.querySelector("[data-wall=pause]").textContent = paused ? "继续" : "暂停";
    state.textContent = paused ? "已暂停" : "";
    wait();
  }

  /* The buttons and the pointer, for some seconds after the last movement; a button that the keyboard is on keeps them (wall.lazy.css). */
  function reveal() {
    document.body.classList.add("wall--moved");
    window.clearTimeout(hiding);
    hiding = window.setTimeout(function () { document.body.classList.remove("wall--moved"); }, HIDE);
  }

  var acts = {
    back: function () { show(shown.at - 1); }, on: function () { show(shown.at + 1); }, pause: pause,
    leave: function () { window.location.assign("/"); }
  };
  var keys = { " ": "pause", ArrowRight: "on", ArrowLeft: "back", Escape: "leave" };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    if (event.key === " " && event.target.closest("button")) return; // it presses the button that it is on
    event.preventDefault();
    acts[keys[event.key]]();
  });
  controls.addEventListener("click", function (event) {
    var button = event.target.closest("[data-wall]");
    if (button) acts[button.dataset.wall]();
  });
  ["pointermove", "pointerdown"].forEach(function (name) { document.addEventListener(name, reveal); });
  window.addEventListener("resize", fit);
  stage.style.setProperty("--turn", TURN + "ms");
  fit();
  start();
})();
