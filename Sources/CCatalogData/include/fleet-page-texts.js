'use strict';

// The script of the fleet's page, in parts that follow one another in one element. It reads the data of the page once and
// writes to the page as text only, never as markup; nothing is loaded, stored or sent.

const data = JSON.parse(document.getElementById('data').textContent);
const texts = data.texts;
const root = document.documentElement;
let language = data.language;

/** A text of the page; `{name}` stands for a value. */
const t = (key, values = {}) =>
  texts[key][language].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
const local = (text) => text[language];
const number = (value) => new Intl.NumberFormat(language).format(value);
const percent = (part, whole) =>
  new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(whole ? part / whole : 0);

const byID = (id) => document.getElementById(id);

/** An element with attributes (`on…` for listeners) and children: elements, texts, or nothing. */
const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== ''));
  return element;
};
/** A text of the input, whose direction of writing must not reach beyond it. */
const told = (text) => make('bdi', {}, text);
const hiddenText = (text) => make('span', { class: 'hidden-text' }, text);
/** A bar's part of the whole, for the style sheet. */
const share = (element, value) => {
  element.style.setProperty('--share', String(value));
  return element;
};
