/* The basket of a brief: kept in this browser, carried in the fragment of a link (which is never sent to a server). */
(function () {
  "use strict";
  var KEY = "brief";

  function blank() { return { v: 1, title: "", unit: "", date: "", items: [] }; }

  /* Items of links and old versions that are none are left out. */
  function sound(brief) {
    brief.items = brief.items.filter(function (item) { return item && typeof item.t === "string"; });
    return brief;
  }

  function read() {
    try {
      var kept = JSON.parse(window.localStorage.getItem(KEY));
      return kept && Array.isArray(kept.items) ? sound(kept) : blank();
    } catch (error) {
      return blank(); // storage is shut off or holds something else
    }
  }

  function write(brief) {
    try { window.localStorage.setItem(KEY, JSON.stringify(brief)); } catch (error) { /* it lasts as long as the page then */ }
  }

  function url64(bytes) {
    return window.plates.base64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function bytes64(text) {
    var plain = window.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function through(stream, bytes) {
    return new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer().then(function (made) { return new Uint8Array(made); });
  }

  /* #b=z… is deflated, #b=j… (browsers without that) plain; both are read. */
  function pack(brief) {
    var bytes = new TextEncoder().encode(JSON.stringify(brief));
    if (!window.CompressionStream) return Promise.resolve("j" + url64(bytes));
    return through(new window.CompressionStream("deflate-raw"), bytes).then(function (less) { return "z" + url64(less); });
  }

  function unpack(packed) {
    var bytes = bytes64(packed.slice(1));
    var whole = packed[0] === "z" ? through(new window.DecompressionStream("deflate-raw"), bytes) : Promise.resolve(bytes);
    return whole.then(function (found) {
      var brief = JSON.parse(new TextDecoder().decode(found));
      if (!Array.isArray(brief.items)) throw new Error("not a brief");
      return sound(brief);
    });
  }

  window.basket = {
    read: read,
    write: write,
    blank: blank,
    pack: pack,
    unpack: unpack,
    count: function () { return read().items.filter(function (item) { return item.chart; }).length; },
    add: function (item) {
      var brief = read();
      brief.items.push(Object.assign({ say: true }, item));
      write(brief);
    }
  };
})();
