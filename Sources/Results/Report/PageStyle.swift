/// What pages have in common: how they look on screens, light and dark, on phones and on paper.
enum PageStyle {
  /// Of light pages; paper has them too.
  static let light = """
    --ink: #1b1b1b; --soft: #565656; --paper: #ffffff; --panel: #f4f5f7; --rule: #d3d7dd;
      --mark: #0067a3; --good: #2f8f5b; --fair: #c77700; --bad: #b3261e;
      --good-ink: #1d6b42; --fair-ink: #8a5200;
    """

  static let dark = """
    --ink: #e8e8e8; --soft: #b0b4ba; --paper: #191919; --panel: #242629; --rule: #43484f;
      --mark: #63bdf0; --good: #4fb881; --fair: #e8a33d; --bad: #ff8a80;
      --good-ink: #4fb881; --fair-ink: #e8a33d;
    """

  /// The element `style`.
  static let text = """
    <style>
    :root { color-scheme: light dark; \(light) }
    @media (prefers-color-scheme: dark) {
      :root { \(dark) }
      .plot svg { filter: invert(0.9) hue-rotate(180deg); }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1rem; max-width: 62rem; background: var(--paper);
      color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
    h1 { font-size: 1.6rem; margin: 0.5rem 0 1rem; }
    h2 { font-size: 1.2rem; margin: 2.5rem 0 0.75rem; }
    .headlines { padding: 0.5rem 1rem; border-left: 4px solid var(--mark);
      background: var(--panel); }
    .headlines p { margin: 0.5rem 0; }
    .headlines p:first-child { font-size: 1.15rem; font-weight: 600; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
    th, td { padding: 0.3rem 0.6rem; text-align: right; white-space: nowrap;
      border-bottom: 1px solid var(--rule); }
    thead th { vertical-align: bottom; white-space: normal; color: var(--soft); }
    th:first-child { text-align: left; }
    .verdict { text-align: left; font-weight: 600; white-space: normal; min-width: 8rem; }
    .judged thead th:nth-child(2) { text-align: left; }
    .judged th:first-child { white-space: normal; min-width: 8rem; }
    .pass { color: var(--good-ink); } .fail { color: var(--bad); } .inconclusive { color: var(--fair-ink); }
    .settings td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
    .note, figcaption { color: var(--soft); font-size: 0.875rem; }
    figure { margin: 2rem 0; }
    h3 { font-size: 1rem; margin: 1.25rem 0 0.5rem; }
    .plot svg { display: block; width: 100%; min-width: 40rem; height: auto; }
    .plot svg text { font-family: system-ui, sans-serif; }
    dt { font-weight: 600; }
    dd { margin: 0 0 0.5rem 1rem; }
    pre { padding: 0.75rem; background: var(--panel); font-size: 0.8rem; white-space: pre-wrap;
      overflow-wrap: anywhere; }
    .repair { margin: 0.75rem 0 1.25rem; }
    .repair p { margin: 0.25rem 0; }
    .command code { display: inline-block; padding: 0.15rem 0.5rem; background: var(--panel);
      font-size: 0.8rem; overflow-wrap: anywhere; }
    .bar { display: block; width: 100%; height: 1.1rem; margin: 0.3rem 0; }
    .bar rect, .chip rect { stroke: var(--soft); stroke-width: 1; vector-effect: non-scaling-stroke; }
    .legend { list-style: none; margin: 0; padding: 0; font-size: 0.8rem; }
    .legend li { display: inline-block; margin-right: 1rem; }
    .chip { width: 0.75rem; height: 0.75rem; margin-right: 0.3rem; vertical-align: -0.05rem; }
    .strip { display: block; width: 100%; min-width: 40rem; height: auto; }
    .episode { display: grid; grid-template-columns: minmax(0, 27rem) minmax(0, 1fr); gap: 1rem 2rem;
      align-items: start; margin-top: 1rem; }
    .ladder { display: block; width: 100%; max-width: 27rem; height: auto; font-size: 10.5px;
      font-family: system-ui, sans-serif; }
    .ladder text { fill: var(--ink); }
    .ladder .time { fill: var(--soft); }
    .ladder .wait { fill: var(--soft); font-style: italic; }
    .ladder .lane { stroke: var(--soft); stroke-width: 1; }
    .ladder .row { stroke: var(--rule); stroke-width: 0.75; stroke-dasharray: 2 3; }
    .ladder .arrow { fill: none; stroke-width: 1.5; stroke: currentColor; }
    .ladder .dot { fill: currentColor; stroke: var(--paper); stroke-width: 1; }
    .ladder .number { font-size: 9.5px; font-weight: 700; paint-order: stroke;
      stroke: var(--paper); stroke-width: 3px; }
    .media { color: var(--soft); } .request { color: var(--mark); } .repair-step { color: var(--good); }
    .transport { color: var(--fair); } .lost { color: var(--bad); }
    .exact { fill: var(--good); } .drifted { fill: var(--fair); } .frozen { fill: var(--bad); }
    .steps { margin: 0; padding: 0; list-style: none; font-size: 0.875rem; }
    .steps li { display: grid; grid-template-columns: 1.6rem 6rem minmax(0, 1fr); gap: 0.4rem;
      padding: 0.12rem 0; border-bottom: 1px solid var(--rule); }
    .steps .when { text-align: right; color: var(--soft); font-variant-numeric: tabular-nums; }
    .steps .count { font-weight: 700; text-align: right; }
    @media (max-width: 46rem) { .episode { grid-template-columns: minmax(0, 1fr); } }
    @media print {
      :root { color-scheme: light; \(light) }
      body { max-width: none; padding: 0; font-size: 10pt; }
      .bar, .chip, .ladder, .headlines, .command code { print-color-adjust: exact;
        -webkit-print-color-adjust: exact; }
      .wide { overflow: visible; }
      table { font-size: 7.5pt; }
      th, td { padding: 0.15rem 0.3rem; white-space: normal; }
      .strip { min-width: 0; }
      .plot svg { min-width: 0; filter: none; }
      figure, .repair, .episode, tr { break-inside: avoid; }
      h2, h3 { break-after: avoid; }
    }
    \(causes)
    </style>
    """

  /// A colour for each cause, the one it has in plots.
  private static var causes: String {
    CausePlots.colours.enumerated().map { ".c\($0) { fill: \($1); }" }.joined(separator: "\n")
  }

  /// The causes of one episode as a bar, and what each stands for.
  static let causeBar = """
    <svg class="bar" viewBox="0 0 1000 20" preserveAspectRatio="none" role="img" aria-label="{{alternative}}">
    {{#segments}}<rect class="c{{cause}}" x="{{x}}" y="0" width="{{width}}" height="20"/>{{/segments}}
    </svg>
    <ul class="legend" aria-hidden="true">
    {{#legend}}<li><svg class="chip" viewBox="0 0 12 12"><rect class="c{{cause}}" width="12" height="12"/></svg>{{name}} {{span}}</li>
    {{/legend}}
    </ul>

    """
}
