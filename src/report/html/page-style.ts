import { languages } from '../../messages/define.ts';
import { quantityNames } from '../figures/depth.ts';
import { colorProperties } from '../svg/style.ts';

/** The style sheet of the report. The choices (language, quantity, time, raw curves) work by `:has`, without script. */
export function pageStyle(starts: number): string {
  return `${colorProperties(starts)}${base}${choiceRules()}`;
}

function choiceRules(): string {
  const hidden = [
    ...languages.flatMap((one) =>
      languages
        .filter((other) => other !== one)
        .map((other) => `body:has(#language-${one}:checked) .lang-${other}`),
    ),
    ...quantityNames.flatMap((one) =>
      quantityNames
        .filter((other) => other !== one)
        .map((other) => `#layers:has(#quantity-${one}:checked) .quantity-${other}`),
    ),
    '#layers:has(#when-start:checked) .at-end',
    '#layers:has(#when-end:checked) .at-start',
    '#costs:has(#raw:not(:checked)) .raw',
  ];
  return `${hidden.join(',')}{display:none}`;
}

const base = `
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI","Noto Sans KR","Noto Sans CJK KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;word-break:keep-all;overflow-wrap:break-word}
a{color:var(--link)}
.skip{position:absolute;left:-9999px}.skip:focus{left:8px;top:8px;background:var(--paper);padding:4px 8px;z-index:2}
header,main,footer{max-width:1080px;margin:0 auto;padding:0 20px}
header{padding-top:28px}
h1{font-size:clamp(1.5rem,4vw,2.1rem);line-height:1.25;margin:0 0 .5rem}
h2{font-size:1.4rem;line-height:1.3;margin:3rem 0 .6rem;padding-top:.9rem;border-top:1px solid var(--grid)}
h3{font-size:1rem;margin:0 0 .4rem}
p{margin:.5rem 0;max-width:46rem}
.top{display:flex;flex-wrap:wrap;gap:8px 24px;justify-content:space-between;align-items:flex-start}
.headline{font-size:1.1rem;font-weight:600}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;padding:0;margin:.8rem 0 0}
fieldset{border:0;padding:0;margin:0;display:inline-flex;flex-wrap:wrap;gap:4px}
legend{float:left;margin-right:8px;color:var(--muted);font-size:.9rem;line-height:2}
input[type=radio]{position:absolute;opacity:0}
input[type=radio]+label{border:1px solid var(--grid);border-radius:999px;padding:.15rem .8rem;font-size:.9rem;cursor:pointer;background:var(--panel)}
input[type=radio]:checked+label{background:var(--ink);color:var(--paper);border-color:var(--ink)}
:focus-visible,input:focus-visible+label{outline:3px solid var(--link);outline-offset:2px}
.choices{display:flex;flex-wrap:wrap;gap:8px 28px;margin:1rem 0}
figure{margin:1.4rem 0 2rem;min-width:0}
figcaption>p{margin-top:.3rem}
.notes,.notes p{color:var(--muted);font-size:.875rem;line-height:1.5}.notes p,p.notes{margin:.15rem 0}.scroll+.notes{margin-top:.6rem}
svg.chart{display:block;width:100%;height:auto;color:var(--muted);overflow:visible;font-family:inherit}
.wide svg.chart{max-width:920px}.narrow svg.chart{max-width:460px}
.narrow{display:none}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:8px 36px}
.panels figure{margin:1rem 0}.panels svg.chart{max-width:520px}
details{margin:.4rem 0;font-size:.9rem}summary{cursor:pointer;color:var(--link)}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem;line-height:1.4}
th,td{padding:.4rem .7rem;text-align:right;vertical-align:top;border-bottom:1px solid var(--grid);white-space:nowrap}
th:first-child,td:first-child{text-align:left;padding-left:0}
thead th,thead td{color:var(--muted);font-weight:600;vertical-align:bottom}
tbody th{font-weight:500}
.results{width:100%}.results thead th{white-space:normal;min-width:4.2rem}
.results small{color:var(--muted)}
.results thead th:last-child{text-align:left}.results .label{display:none}.results .verdict{text-align:left;white-space:normal;min-width:15rem}
.results .verdict span{display:block;color:var(--muted);font-size:.85rem}
.results .verdict strong span,.results .verdict span span{display:inline;color:inherit;font-size:inherit}
.mark{width:26px;height:8px;margin-right:8px;vertical-align:middle}
.name{overflow-wrap:anywhere}
.histograms th[scope=col]{text-align:left}
.histograms td{text-align:left;padding:.5rem .7rem}
.histograms tbody th{position:sticky;left:0;background:var(--paper);white-space:normal;min-width:6.5rem;max-width:11rem;z-index:1}
.pair{display:flex;gap:14px}
.pair>div{width:116px;flex:none}
.pair p{margin:0;font-size:.75rem;line-height:1.35;color:var(--muted)}
.pair .when{color:var(--ink)}
svg.histogram{display:block;width:116px;height:47px}
.bars{fill:var(--own)}.at-start .bars{opacity:.6}
.zero{fill:none;stroke:var(--ink);stroke-width:1}
.base{stroke:var(--muted);stroke-width:.6;fill:none}
.command{display:flex;gap:8px;align-items:stretch;margin:.8rem 0}
pre{margin:0;padding:.7rem 1rem;background:var(--panel);border:1px solid var(--grid);border-radius:6px;overflow-x:auto;flex:1;min-width:0;white-space:pre-wrap;overflow-wrap:anywhere;word-break:normal}
code{font:.9rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
button{border:1px solid var(--grid);border-radius:6px;background:var(--panel);color:var(--ink);font:inherit;font-size:.9rem;padding:0 1rem;cursor:pointer}
.after{display:none}.done .after{display:inline}.done .before{display:none}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:.5rem 2rem}
dl div{min-width:0}dt{color:var(--muted);font-size:.85rem}dd{margin:0;overflow-wrap:anywhere;word-break:normal}
img.pixels{display:block;max-width:100%;height:auto;image-rendering:pixelated;background:var(--grid)}
.pictures th,.pictures td{border:0;padding:2px 4px;text-align:center;vertical-align:middle}.pictures tbody th{text-align:right;padding-right:10px;white-space:nowrap}.pictures img{max-width:none}
.judgement td,.judgement tbody th{white-space:normal}.judgement td:nth-child(2),.judgement td:nth-child(3){white-space:nowrap}.judgement td:nth-child(n+4),.judgement thead th:nth-child(n+4){text-align:left}.judgement .warning td{text-align:left;color:var(--warn);border-bottom:1px solid var(--grid);font-size:.85rem;padding-left:0}
footer{margin-top:3rem;padding-bottom:2.5rem;color:var(--muted);font-size:.875rem}
@media (max-width:640px){.wide{display:none}.narrow{display:block}header,main,footer{padding-left:14px;padding-right:14px}.results,.results tbody,.results tr,.results td,.results tbody th{display:block}.results thead{display:none}.results tr{padding:.6rem 0;border-bottom:1px solid var(--grid)}.results td,.results tbody th{border:0;padding:.1rem 0;text-align:left}.results tbody th{font-weight:600;white-space:normal}.results td{display:flex;gap:12px;justify-content:space-between}.results .label{display:inline;color:var(--muted)}.results .verdict{display:block;margin-top:.3rem}}
@media print{.choices,nav,button{display:none!important}figure,tr{break-inside:avoid}}
`.replaceAll('\n', '');
