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

  /// What a comparison's report speaks of.
  static let comparisonDefinitions = [
    (
      "A and B",
      "Calls under the same conditions; where they share seeds, they met the same channel, and pairs are "
        + "compared. Ratios are B over A, differences B minus A."
    ),
    (
      "Verdict",
      "Sides are swapped at random, seed by seed; a verdict needs a change that chance would make in any of "
        + "the lines in less than 5 % of comparisons of equals, all lines together."
    ),
    (
      "Too close to tell",
      "No difference was seen, or there are too few seeds. That is not the same as no difference: the "
        + "interval says what is possible."
    ),
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

  static let body = """
    {{#hasExplained}}<section aria-label="Repairs explained">
    <h2>Where the time goes: a usual and a bad repair</h2>
    {{#explained}}
    <h3>{{subject}}</h3>
    {{#repairs}}{{> repair}}{{/repairs}}
    {{/explained}}
    <p class="note">\(replayNote)</p>
    </section>{{/hasExplained}}
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
    {{#figures}}{{> figure}}{{/figures}}
    {{#omissions}}{{> omissions}}{{/omissions}}
    {{#failures}}{{> failures}}{{/failures}}
    {{#hasFailedProbes}}
    <h2>Failed probes</h2>
    <p>They are in no figure.</p>
    <ul>
    {{#failedProbes}}
    <li>{{.}}</li>
    {{/failedProbes}}
    </ul>
    {{/hasFailedProbes}}
    {{#definitions}}{{> definitions}}{{/definitions}}
    {{> settings-table}}
    {{> texts}}
    """

  static let replayNote =
    "The command simulates that call again, and writes its packets, its frames, its pictures and a page "
    + "with its timeline. It starts where the results were made."

  /// One repair, with what it is called.
  static let repair = """
    <div class="repair">
    <p><strong>{{rank}}:</strong> {{sentence}}</p>
    {{#bar}}{{> cause-bar}}{{/bar}}
    <p class="note">{{chain}} ({{conditions}})</p>
    <p class="command"><code>{{command}}</code></p>
    </div>

    """

  static let figure = """
    <figure id="{{name}}">
    <h3>{{title}}</h3>
    <div class="wide plot" tabindex="0">{{{svg}}}</div>
    <figcaption>{{caption}}</figcaption>
    </figure>

    """

  static let omissions = """
    <p class="note">Left out:</p>
    <ul class="note">
    {{#omitted}}
    <li>{{name}}: {{reason}}</li>
    {{/omitted}}
    </ul>

    """

  static let failures = """
    <h2>Failed calls</h2>
    <p>They are in no figure.</p>
    <ul>
    {{#runs}}
    <li>run {{run}}: {{reason}}</li>
    {{/runs}}
    </ul>

    """

  static let definitionList = """
    <h2>How it was measured</h2>
    <dl>
    {{#terms}}
    <dt>{{term}}</dt><dd>{{meaning}}</dd>
    {{/terms}}
    </dl>
    <details><summary>The causes of an episode</summary>
    <dl>
    {{#causes}}
    <dt>{{term}}</dt><dd>{{meaning}}</dd>
    {{/causes}}
    </dl>
    </details>

    """

  static let settingsTable = """
    <h2>Settings</h2>
    <table class="settings">
    <tbody>
    {{#settings}}
    <tr><th scope="row">{{name}}</th><td>{{value}}</td></tr>
    {{/settings}}
    </tbody>
    </table>

    """

  /// Files as they were given, folded.
  static let texts = """
    {{#texts}}
    <details><summary>{{title}}</summary>
    <pre>{{text}}</pre>
    </details>
    {{/texts}}

    """

  /// A table with its headings and its note.
  static let table = """
    <h3>{{title}}</h3>
    <div class="wide" tabindex="0">
    <table aria-label="{{title}}"{{#judged}} class="judged"{{/judged}}>
    <thead><tr>{{#headings}}<th scope="col">{{.}}</th>{{/headings}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{name}}</th>{{#verdict}}<td class="verdict {{kind}}"><span aria-hidden="true">{{symbol}}</span> {{word}}</td>{{/verdict}}{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    {{#note}}<p class="note">{{.}}</p>{{/note}}

    """
}
