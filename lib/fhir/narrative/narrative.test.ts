import { describe, expect, it } from 'vitest';
import { narrativeProblem } from './narrative.ts';

const xmlns = 'xmlns="http://www.w3.org/1999/xhtml"';
const div = (inner: string) => `<div ${xmlns}>${inner}</div>`;

describe('a sound narrative', () => {
  it.each([
    ['text', 'Weight &lt; 5 kg, &#160; &amp; &nbsp;more'],
    [
      'a table',
      '<table class="grid" border="1"><thead><tr><th colspan="2">x</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>',
    ],
    ['lists', '<ul><li>a</li></ul><ol start="2"><li>b</li></ol><dl><dt>c</dt><dd>d</dd></dl>'],
    [
      'links',
      '<a href="https://a.example/x?y=1&amp;z">a</a><a href="Patient/1">b</a><a href="#c" name="c">c</a><a href="mailto:x@a.example">d</a>',
    ],
    ['a link of a transaction', '<a href="urn:uuid:7a6b1f4e-9a2e-4a0c-9d5b-000000000001">a</a>'],
    ['images', '<img src="#pic" alt="x"/><img src="https://a.example/x.png"/><img src="data:image/png;base64,AAAA"/>'],
    ['styles', '<p style="color: red; text-align: center">x</p><b>y</b><br/><span lang="en" xml:lang="en">z</span>'],
    ['a comment', '<!-- generated -->x'],
    ['old elements', '<font color="red">x</font><center>y</center><ins>z</ins>'],
    ['what looks like a script', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ])('may have %s', (_, inner) => expect(narrativeProblem(div(inner))).toBeUndefined());

  it('needs no namespace', () => expect(narrativeProblem('<div>x</div>')).toBeUndefined());
});

describe('a narrative is refused', () => {
  it.each([
    ['<script>alert(1)</script>', /<script> is none of the elements/],
    ['<SCRIPT>alert(1)</SCRIPT>', /<SCRIPT>/],
    ['<p><b><script src="https://a.example/x.js"/></b></p>', /<script>/],
    ['<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>', /<x:script>/],
    ['<iframe src="https://a.example/"/>', /<iframe>/],
    ['<object data="x"/>', /<object>/],
    ['<embed src="x"/>', /<embed>/],
    ['<form action="https://a.example/"><input name="x"/></form>', /<form>/],
    ['<input value="x"/>', /<input>/],
    ['<button>x</button>', /<button>/],
    ['<style>p {}</style>', /<style>/],
    ['<link rel="stylesheet" href="x"/>', /<link>/],
    ['<meta http-equiv="refresh" content="0"/>', /<meta>/],
    ['<base href="https://a.example/"/>', /<base>/],
    ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', /<svg>/],
    ['<math/>', /<math>/],
    ['<template/>', /<template>/],
    ['<video src="x"/>', /<video>/],
    ['<body onload="alert(1)"/>', /<body>/],
    ['<img src="x" onerror="alert(1)"/>', /onerror of <img> is none of the attributes/],
    ['<p onclick="alert(1)">x</p>', /onclick of <p>/],
    ['<p OnClick="alert(1)">x</p>', /OnClick of <p>/],
    ['<a href="x" target="_top">x</a>', /target of <a>/],
    ['<a href="x" ping="https://a.example/">x</a>', /ping of <a>/],
    ['<img src="x" srcset="https://a.example/x.png 2x"/>', /srcset of <img>/],
    ['<a href="javascript:alert(1)">x</a>', /href of <a> leads where/],
    ['<a href=" JavaScript:alert(1)">x</a>', /href of <a>/],
    ['<a href="java&#10;script:alert(1)">x</a>', /href of <a>/],
    ['<a href="&#106;avascript:alert(1)">x</a>', /href of <a>/],
    ['<a href="vbscript:x">x</a>', /href of <a>/],
    ['<a href="data:text/html,x">x</a>', /href of <a>/],
    ['<a href="data:image/png;base64,AAAA">x</a>', /href of <a>/],
    ['<a href="file:///etc/passwd">x</a>', /href of <a>/],
    ['<img src="data:image/svg+xml,x"/>', /src of <img>/],
    ['<img src="data:text/html,x"/>', /src of <img>/],
    ['<area href="javascript:alert(1)"/>', /href of <area>/],
    ['<blockquote cite="javascript:alert(1)">x</blockquote>', /cite of <blockquote>/],
    ['<p style="background: url(https://a.example/x)">x</p>', /style of <p> may not load/],
    ['<p style="background: u/**/rl(https://a.example/x)">x</p>', /style of <p>/],
    ['<p style="background: \\75rl(x)">x</p>', /style of <p>/],
    ['<p style="width: expression(alert(1))">x</p>', /style of <p>/],
    ['<p style="-moz-binding: x">x</p>', /style of <p>/],
    ['<p xmlns="http://www.w3.org/2000/svg">x</p>', /xmlns of <p> must be/],
    ['<!--><img src="x" onerror="alert(1)"/>-->', /comment/],
    ['<!---><img src="x" onerror="alert(1)"/>-->', /comment/],
    ['<![CDATA[<script>alert(1)</script>]]>', /CDATA/],
    ['<?xml-stylesheet href="x"?>', /processing instruction/],
    ['<p>x', /not well-formed/],
    ['<p title=x>x</p>', /not well-formed/],
    ['<p title="<script>">x</p>', /not well-formed/],
    ['<br>x', /not well-formed/],
    ['a < b', /not well-formed/],
  ])('with %s', (inner, problem) => expect(narrativeProblem(div(inner))).toMatch(problem));

  it.each([
    ['', /not well-formed/],
    ['text', /not well-formed/],
    ['<p>x</p>', /begins with <p>/],
    ['<script>alert(1)</script>', /begins with <script>/],
    [`${div('x')}<script>alert(1)</script>`, /not well-formed|<script>/],
    [`<!DOCTYPE div [<!ENTITY x "y">]>${div('&x;')}`, /document type/],
    [`<?xml version="1.0"?>${div('x')}`, /declaration/],
  ])('that is %j', (text, problem) => expect(narrativeProblem(text)).toMatch(problem));

  it('with the place of the problem', () => {
    expect(narrativeProblem(div('\n<p>x</p>\n<script/>'))).toMatch(/line 3, column \d+/);
  });
});
