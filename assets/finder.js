/* Lists of which one is picked as one types. Where the server finds the options, the answer says which words it answers
   (dashboard/cards/asked_options.py): an answer to other words is never shown, and Enter waits for the one that is on its way. */
(function () {
  "use strict";
  var LOOKING = { value: "looking", label: "正在找…", disabled: true };
  var TURN = 20, MOST_TURNS = 250; // ms, and how many of them a list is waited for
  var functions = (window.dashMantineFunctions = window.dashMantineFunctions || {});
  var entered = null; // { field, words }: Enter was pressed before the answer came

  function flat(options) {
    return [].concat.apply([], options.map(function (option) { return option.items || [option]; }));
  }

  function listOf(field) {
    return document.getElementById(field.getAttribute("aria-controls"));
  }

  function marked(field) {
    var list = listOf(field);
    return list && list.querySelector("[role=option][data-combobox-selected]");
  }

  function press(field, key) {
    field.dispatchEvent(new KeyboardEvent("keydown", { key: key, code: key, bubbles: true, cancelable: true }));
  }

  /* Mark the first option, as Mantine does where the options are there when the word is typed. It counts from the option that it
     marked in the list before, and its keys are the one way to tell it. */
  function markFirst(field) {
    var list = listOf(field), options = list ? list.querySelectorAll("[role=option]") : [];
    if (!options.length || marked(field)) return;
    press(field, "ArrowDown");
    for (var step = 0; step < options.length && marked(field) !== options[0]; step += 1) press(field, "ArrowUp");
  }

  function looking(field) {
    var list = listOf(field);
    return list && list.querySelector("[role=option][value='" + LOOKING.value + "']");
  }

  /* The answer is there; the list of it stands once React has written it, which on a busy machine takes more than one turn. */
  function arrived(words, tries) {
    var field = document.activeElement;
    if (!words || !field || field.value !== words || field.getAttribute("aria-expanded") !== "true") return;
    if (looking(field) && tries < MOST_TURNS) return void window.setTimeout(arrived, TURN, words, tries + 1);
    markFirst(field);
    if (!entered || entered.field !== field || entered.words !== words) return;
    entered = null;
    if (marked(field)) marked(field).click();
  }

  /* The options of the last answer if it is the one to what stands in the field. One that is there for the name of what is chosen is an
     option where nothing is sought, or where the name itself stands in the field. */
  functions.asAnswered = function (input) {
    var words = input.search || "", options = flat(input.options);
    var answer = options.find(function (option) { return option.answers !== undefined; });
    // Mantine takes the name of what is picked for no search at all.
    var answered = answer && (answer.answers === words || (!words && options.some(function (option) { return option.label === answer.answers; })));
    if (!answered) return [LOOKING];
    if (answer.label) return [Object.assign({}, answer, { disabled: true })];
    window.setTimeout(arrived, 0, words, 0);
    return input.options.filter(function (option) { return option !== answer && (!option.kept || !words || option.label === words); });
  };

  functions.placeOption = function (input) {
    var make = window.React.createElement, option = input.option;
    return make("span", { className: "option" }, make("span", { className: "option__name" }, option.label),
      make("span", { className: "option__about" }, option.about || ""));
  };

  /* Enter takes the marked option. Mantine forgets which it is where the typed word opened the list: it then looks for what was picked. */
  document.addEventListener("keydown", function (event) {
    var field = event.target;
    if (event.key !== "Enter" || event.isComposing || field.getAttribute("aria-expanded") !== "true") return;
    var option = marked(field);
    if (!option && !looking(field)) return;
    event.preventDefault();
    event.stopPropagation();
    if (option) option.click();
    else entered = { field: field, words: field.value };
  }, true);

  document.addEventListener("input", function () { entered = null; }, true);
  document.addEventListener("focusout", function () { entered = null; }, true);
})();
