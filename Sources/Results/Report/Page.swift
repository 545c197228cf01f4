import Mustache

/// A page that needs nothing else: title and headlines, and a body of its own.
enum Page {
  /// - Parameters:
  ///   - content: with `title` and `headlines`, and what the body names.
  ///   - partials: templates that the body names, beside `cause-bar`.
  /// - Throws: where a template is malformed.
  static func html(
    body: String, partials: [String: String], _ content: [String: Any]
  ) throws -> String {
    var templates = [
      "page": try MustacheTemplate(string: frame), "body": try MustacheTemplate(string: body),
      "style": try MustacheTemplate(string: PageStyle.text),
      "cause-bar": try MustacheTemplate(string: PageStyle.causeBar),
    ]
    for name in partials.keys.sorted() {
      templates[name] = try MustacheTemplate(string: partials[name]!)
    }
    guard let html = MustacheLibrary(templates: templates).render(content, withTemplate: "page")
    else { preconditionFailure("the library holds the template that was put into it") }
    return html
  }

  private static let frame = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    {{> style}}
    </head>
    <body>
    <main>
    <h1>{{title}}</h1>
    <section class="headlines" aria-label="In short">
    {{#headlines}}
    <p>{{.}}</p>
    {{/headlines}}
    </section>
    {{> body}}
    </main>
    </body>
    </html>

    """
}
