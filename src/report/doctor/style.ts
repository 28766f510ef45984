/** What the doctor's page adds to the style sheet of the reports. */
export const doctorStyle = `
:root{--warning-mark:#8a6d00}@media (prefers-color-scheme:dark){:root{--warning-mark:#e8d64a}}
.findings{list-style:none;padding:0;margin:1rem 0}
.finding{border:1px solid var(--grid);border-left:5px solid var(--muted);border-radius:6px;padding:.7rem 1rem;margin:0 0 .9rem}
.finding.error{border-left-color:var(--start-1)}.finding.warning{border-left-color:var(--warning-mark)}
.finding:target{outline:3px solid var(--link);outline-offset:2px}
.finding .sentence{font-size:1.05rem;margin:.1rem 0 .5rem;max-width:none}
.finding dl{grid-template-columns:1fr;gap:.35rem}.finding dl div{display:grid;grid-template-columns:9rem 1fr;gap:0 1rem}
.finding dd p,.finding dd ul{margin:0}.finding dd ul{padding-left:1.1rem}
.badge{display:inline-block;border:1px solid var(--muted);border-radius:4px;padding:0 .45rem;font-size:.8rem;line-height:1.5;margin-right:.3rem;color:var(--ink);text-decoration:none;font-weight:600}
.badge.error{border-color:var(--start-1);color:var(--start-1)}.badge.warning{border-color:var(--warning-mark);color:var(--warning-mark)}
.ranges{border:1px solid var(--grid);border-radius:6px;overflow:hidden}
.range{margin:0;border-left:5px solid transparent;padding:.35rem .8rem}.range+.range{border-top:1px solid var(--grid)}
.range.error{border-left-color:var(--start-1)}.range.warning{border-left-color:var(--warning-mark)}.range.note{border-left-color:var(--muted)}
.range summary{color:var(--ink)}
.range-name{font-weight:600;display:inline-block;min-width:15rem;overflow-wrap:anywhere}
.range-facts span{display:inline-block;margin-right:1.1rem;font-variant-numeric:tabular-nums}.range-facts small,.range-facts small span{color:var(--muted);margin:0;font-size:.8rem}
.provenance td:nth-child(-n+3),.provenance thead th:nth-child(-n+3){text-align:left}.provenance td,.provenance tbody th{white-space:normal}
.code pre{margin:.5rem 0;white-space:pre;overflow-wrap:normal}.code summary{font-weight:600}
@media (max-width:640px){.finding dl div{grid-template-columns:1fr}.range-name{min-width:0}}
`.replaceAll('\n', '');
