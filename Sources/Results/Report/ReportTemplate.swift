/// The report's text around the data. It is a string and not a resource, so that the statically
/// linked program needs no file beside it.
enum ReportTemplate {
  /// What a report on probes speaks of.
  static let probeDefinitions = [
    (
      "Probe",
      "A loss made on purpose in a call that has lost nothing before, followed until the picture on "
        + "screen equals the encoder's own reconstruction bit for bit and stays so, or until the horizon. "
        + "The call, the channel and the frame that is hit are the same under every mechanism."
    ),
    (
      "Open (censored)",
      "Not repaired before the horizon. Such a probe counts as \"longer than\", by the Kaplan-Meier "
        + "estimate; in means its time is cut where the table says."
    ),
    (
      "Mean over its mean",
      "The mean of one mechanism's times over that of the other's, over the same losses, each time cut at "
        + "one limit that every open probe was watched to."
    ),
    (
      "Sooner, later",
      "Shares of pairs in which one mechanism is known to have repaired the same loss before the other."
    ),
    (
      "Control, A against A",
      "Probes of one mechanism against others of the same: a true ratio of 1, by which the intervals are "
        + "held to what they say."
    ),
  ]

  /// What a report on whole calls speaks of.
  static let callDefinitions = [
    (
      "Damage episode",
      "From the first lost packet to the first picture on screen that equals the encoder's own "
        + "reconstruction bit for bit, and stays so. Episodes that overlap are one."
    ),
    ("Recovery time", "The length of an episode."),
    (
      "Open at the end (censored)",
      "The call ended before the repair. Such an episode counts as \"longer than\", by the "
        + "Kaplan-Meier estimate, never as a repair and never as nothing."
    ),
    (
      "Broken time",
      "Share of frames that were due while the screen did not show them exactly. An episode is longer: "
        + "it begins with the loss, before the damaged frame is due."
    ),
    (
      "Same network",
      "Packet loss follows its own random stream in time, so that every mechanism with the same "
        + "conditions and seed meets the same losses at the same times."
    ),
    ("PSNR", "Of the luma plane against the source, over all due frames, frozen ones included."),
    ("Media kbit/s", "RTP payload with RTP, UDP and IP headers over the call's length."),
  ]

  /// What every report speaks of.
  static let definitions = [
    ("p50, p90, p95", "The time within which half, 90 % or 95 % were repaired."),
    (
      "95 % interval",
      "Percentile bootstrap with 1,000 resamples of seeds, each with all its calls: what happens in one "
        + "call, or on one channel, is not independent. Percentiles are moved out as Student's t asks "
        + "for few seeds. Ratios and differences draw both sides of a pair together."
    ),
    (
      "Too few",
      "Fewer than 5 seeds, or fewer than 3 episodes or probes to be expected beyond the quantile: no "
        + "number is given, since it would mislead."
    ),
  ]

  static let page = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Recovery after packet loss</title>
    <style>
    :root { color-scheme: light dark; --ink: #1b1b1b; --soft: #5a5a5a; --paper: #ffffff;
      --panel: #f4f5f7; --rule: #d9dce1; --mark: #0072b2; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e8e8e8; --soft: #a9adb3; --paper: #191919; --panel: #242629;
        --rule: #3c4046; --mark: #56b4e9; }
      .plot svg { filter: invert(0.9) hue-rotate(180deg); }
    }
    body { margin: 0 auto; padding: 1rem; max-width: 62rem; background: var(--paper);
      color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
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
    .settings td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
    .note, figcaption { color: var(--soft); font-size: 0.875rem; }
    figure { margin: 2rem 0; }
    h3 { font-size: 1rem; margin: 1.25rem 0 0.5rem; }
    .plot svg { display: block; width: 100%; min-width: 40rem; height: auto; }
    .plot svg text { font-family: system-ui, sans-serif; }
    dt { font-weight: 600; }
    dd { margin: 0 0 0.5rem 1rem; }
    pre { overflow-x: auto; padding: 0.75rem; background: var(--panel); font-size: 0.8rem; }
    </style>
    </head>
    <body>
    <main>
    <h1>Recovery after packet loss</h1>
    <section class="headlines" aria-label="In short">
    {{#headlines}}
    <p>{{.}}</p>
    {{/headlines}}
    </section>
    {{#probes}}
    <section aria-label="Probes of group {{group}}">
    <h2>The same losses under each mechanism: group {{group}}</h2>
    {{#tables}}{{> table}}{{/tables}}
    <p class="control">{{control}}</p>
    </section>
    {{/probes}}
    {{#main}}<h2>By mechanism{{#hasProbes}}, in whole calls{{/hasProbes}}</h2>
    {{> table}}{{/main}}
    {{#hasNetworks}}<h2>By network</h2>{{/hasNetworks}}
    {{#networks}}{{> table}}{{/networks}}
    {{#causes}}<h2>Where the time goes{{#hasProbes}} in whole calls{{/hasProbes}}</h2>
    {{> table}}{{/causes}}
    {{#situations}}<h2>Where SIP INFO loses</h2>
    {{> table}}{{/situations}}
    {{#costs}}<h2>What repair costs</h2>
    {{> table}}{{/costs}}
    {{#otherGroups}}<p class="note">{{.}}</p>{{/otherGroups}}
    <h2>Plots</h2>
    {{#figures}}
    <figure id="{{name}}">
    <h3>{{title}}</h3>
    <div class="wide plot" tabindex="0">{{{svg}}}</div>
    <figcaption>{{caption}}</figcaption>
    </figure>
    {{/figures}}
    {{#hasOmitted}}
    <p class="note">Left out, since the data do not allow them:</p>
    <ul class="note">
    {{#omitted}}
    <li>{{name}}: {{reason}}</li>
    {{/omitted}}
    </ul>
    {{/hasOmitted}}
    {{#hasFailures}}
    <h2>Failed calls</h2>
    <p>They are in no figure.</p>
    <ul>
    {{#failures}}
    <li>run {{run}}: {{reason}}</li>
    {{/failures}}
    </ul>
    {{/hasFailures}}
    {{#hasFailedProbes}}
    <h2>Failed probes</h2>
    <p>They are in no figure.</p>
    <ul>
    {{#failedProbes}}
    <li>{{.}}</li>
    {{/failedProbes}}
    </ul>
    {{/hasFailedProbes}}
    <h2>How it was measured</h2>
    <dl>
    {{#definitions}}
    <dt>{{term}}</dt><dd>{{meaning}}</dd>
    {{/definitions}}
    </dl>
    <details><summary>The causes of an episode</summary>
    <dl>
    {{#causeList}}
    <dt>{{term}}</dt><dd>{{meaning}}</dd>
    {{/causeList}}
    </dl>
    </details>
    <h2>Settings</h2>
    <table class="settings">
    <tbody>
    {{#settings}}
    <tr><th scope="row">{{name}}</th><td>{{value}}</td></tr>
    {{/settings}}
    </tbody>
    </table>
    {{#hasPlan}}
    <details><summary>The whole plan</summary>
    <pre>{{plan}}</pre>
    </details>
    {{/hasPlan}}
    </main>
    </body>
    </html>

    """

  /// A table with its headings and its note.
  static let table = """
    <h3>{{title}}</h3>
    <div class="wide" tabindex="0">
    <table aria-label="{{title}}">
    <thead><tr>{{#headings}}<th scope="col">{{.}}</th>{{/headings}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{name}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    <p class="note">{{note}}</p>

    """
}
