/// The page of one call around the data.
enum CallPageTemplate {
  static let definitions = [
    (
      "Ladder",
      "Each place of the call is a line from top to bottom, and time runs down: the numbers on the left "
        + "are milliseconds since the loss. An arrow is something on its way; one that ends in a cross was "
        + "lost. Long waits are drawn shorter, and say how long they are. The numbers at the dots are those "
        + "of the list."
    ),
    (
      "Lanes",
      "Sender and receiver are the endpoints, and the network is where packets are lost between them. "
        + "Proxies are SIP's, numbered from the receiver, who asks. On the screen's line the band is green "
        + "while the picture equals the sender's bit for bit, orange while it has drifted from it, red "
        + "while it is an older one."
    ),
    (
      "Colours of arrows",
      "Grey: the frame that was hit. Blue: requests. Orange: what TCP, or SIP over UDP, sends again. "
        + "Green: the repair. Red: what was lost."
    ),
    (
      "Causes",
      "Every instant from the loss to the repair has one cause; the bar has all of them in the order of "
        + "the chain."
    ),
  ]

  static let body = """
    <p class="note">{{#conditions}}{{.}}<br>{{/conditions}}</p>
    {{#filmstrip}}
    <figure>
    <h2>What the viewer saw</h2>
    <div class="wide"><img class="strip" alt="{{alternative}}" src="data:image/png;base64,{{{data}}}"></div>
    <figcaption>{{alternative}}</figcaption>
    <p class="note">Times here are those between the frames on screen, up to the first exact one: without the delay
    from camera to screen, and without what an episode goes on with where the next loss comes before its end.</p>
    </figure>
    {{/filmstrip}}
    {{#episodes}}
    <section aria-label="{{heading}}">
    <h2>{{heading}}</h2>
    <p>{{sentence}}</p>
    {{#bar}}{{> cause-bar}}{{/bar}}
    {{#ladder}}{{> ladder}}{{/ladder}}
    </section>
    {{/episodes}}
    {{#rest}}<p class="note">{{.}}</p>{{/rest}}
    <h2>How to read it</h2>
    <dl>
    {{#definitions}}
    <dt>{{term}}</dt><dd>{{meaning}}</dd>
    {{/definitions}}
    </dl>
    <h2>The whole story</h2>
    <details><summary>Every episode in words, and the totals</summary>
    <pre>{{story}}</pre>
    </details>
    """

  /// A drawing and the list that tells the same.
  static let ladder = """
    <div class="episode">
    <svg class="ladder" viewBox="0 0 {{width}} {{height}}" role="img" aria-label="{{alternative}}">
    {{#rows}}<line class="row" x1="{{left}}" y1="{{y}}" x2="{{right}}" y2="{{y}}"/><text class="time" x="56" y="{{textY}}" text-anchor="end">{{label}}</text>
    {{/rows}}
    {{#waits}}<text class="wait" x="56" y="{{y}}" text-anchor="end">{{label}}</text>
    {{/waits}}
    {{#lanes}}<line class="lane" x1="{{x}}" y1="{{top}}" x2="{{x}}" y2="{{bottom}}"/><text x="{{x}}" y="26" text-anchor="middle">{{name}}</text>
    {{/lanes}}
    {{#screen}}<rect class="{{state}}" x="{{x}}" y="{{y}}" width="10" height="{{height}}"/>
    {{/screen}}
    {{#arrows}}<g class="{{kind}}"><path class="arrow" d="M{{x1}} {{y1}}L{{x2}} {{y2}}{{head}}"/></g>
    {{/arrows}}
    {{#points}}<g class="{{kind}}"><circle class="dot" cx="{{x}}" cy="{{y}}" r="3.5"/><text class="number" text-anchor="{{anchor}}" x="{{labelX}}" y="{{labelY}}">{{label}}</text></g>
    {{/points}}
    </svg>
    <ol class="steps">
    {{#steps}}
    <li><span class="count">{{number}}</span><span class="when">{{offset}} ms</span><span><strong>{{name}}</strong> {{detail}}</span></li>
    {{/steps}}
    </ol>
    </div>

    """
}
