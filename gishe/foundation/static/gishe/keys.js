/* Keys for staff: <a data-shortcut="n"> is followed by N, a slash enters the page's
   search or follows data-shortcut="/"; in <form data-keys> every data-key chooses its
   chip and Enter sends the form. Letters are read as written on Latin keyboards, and by
   their place on Cyrillic and Arabic ones. data-keys-toggle turns all of it off. */
(function () {
  "use strict";
  var STORED = "gishe-keys", root = document.documentElement;
  var TEXT = "textarea, select, [contenteditable], " +
    'input:not([type="checkbox"]):not([type="radio"])';

  function isOn() {
    try { return localStorage.getItem(STORED) !== "off"; } catch (e) { return true; }
  }

  function signOf(event) {
    var key = event.key || "", code = event.code || "", place;
    if (key === "/" || key === "Enter") { return key; }
    if (/^[a-z]$/i.test(key)) { place = key.toUpperCase(); }
    else if (/^Key[A-Z]$/.test(code)) { place = code.slice(3); }
    else if (/^(Digit|Numpad)[0-9]$/.test(code)) { place = code.slice(-1); }
    else if (code === "Slash" && key > "\u007f") { return "/"; }
    else { return ""; }
    return (event.shiftKey ? "⇧" : "") + place;
  }

  function find(attribute, value) {
    return document.querySelector("[" + attribute + '="' + value + '"]');
  }

  function choose(field) {
    field.focus();
    if (field.matches(TEXT)) { return; }
    if (field.type === "radio" && field.checked) {
      field = field.form.querySelector('[name="' + field.name + '"][value=""]') || field;
    }
    field.click();
  }

  function follow(target) {
    if (target.matches("input, textarea, select")) { target.focus(); return; }
    if (target.pathname !== location.pathname) { target.click(); }
  }

  function send(form) {
    form.querySelector('[type="submit"]').click();
  }

  document.addEventListener("keydown", function (event) {
    var at = event.target, form = document.querySelector("form[data-keys]");
    if (event.defaultPrevented || event.altKey || event.metaKey) { return; }
    if (event.ctrlKey) {
      if (form && event.key === "Enter") { event.preventDefault(); send(form); }
      return;
    }
    if (!isOn() || at.matches(TEXT)) { return; }
    var sign = signOf(event);
    if (sign === "Enter") {
      if (form && !event.repeat && !at.matches("a, button, summary")) {
        event.preventDefault(); send(form);
      }
      return;
    }
    var field = sign && form && find("data-key", sign);
    var target = sign === "/" && document.querySelector('input[type="search"]') ||
      sign && find("data-shortcut", sign.toLowerCase());
    if (!field && !target) { return; }
    event.preventDefault();
    if (field) { choose(field); } else { follow(target); }
  });

  function show() {
    var toggle = document.querySelector("[data-keys-toggle]");
    root.dataset.keys = isOn() ? "on" : "off";
    if (!toggle) { return; }
    toggle.hidden = false;
    toggle.setAttribute("aria-pressed", String(isOn()));
  }

  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-keys-toggle]")) { return; }
    try { localStorage.setItem(STORED, isOn() ? "off" : "on"); } catch (e) { return; }
    show();
  });
  show();
})();
