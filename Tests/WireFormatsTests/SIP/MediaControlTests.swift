import Testing
import WireFormats

@Suite("Media control")
struct MediaControlTests {
  @Test("the body is RFC 5168's document")
  func vector() {
    expect(
      MediaControl(),
      is: octets(
        """
        <?xml version="1.0" encoding="utf-8" ?>\r
        <media_control>\r
        <vc_primitive>\r
        <to_encoder>\r
        <picture_fast_update/>\r
        </to_encoder>\r
        </vc_primitive>\r
        </media_control>\r

        """))
  }

  @Test(
    "bodies of other stacks are recognized",
    arguments: [
      "<media_control><vc_primitive><to_encoder><picture_fast_update/></to_encoder></vc_primitive>"
        + "</media_control>",
      "<?xml version='1.0'?><!-- x -- > --> <media_control xmlns=\"a:b\" c:d='>' >\n"
        + "<vc_primitive ><to_encoder>\t<picture_fast_update >\n</picture_fast_update ></to_encoder>"
        + "</vc_primitive></media_control>\r\n\r\n<!---->",
      "\u{FEFF}<media_control><vc_primitive><to_encoder><picture_fast_update /></to_encoder></vc_primitive>"
        + "</media_control> ",
      "<m:media_control xmlns:m='urn:a' xmlns='b'><m:vc_primitive><v:to_encoder xmlns:v=\"urn:a\">"
        + "<v:picture_fast_update/></v:to_encoder></m:vc_primitive></m:media_control>",
    ])
  func others(text: String) throws {
    #expect(try MediaControl(octets: octets(text)) == MediaControl())
  }

  @Test("a tab in a stream's name is written as it was read")
  func tab() throws {
    let read = try MediaControl(
      octets: octets(
        "<media_control><vc_primitive><to_encoder><picture_fast_update/></to_encoder>"
          + "<stream_id>a\tb</stream_id></vc_primitive></media_control>"))
    #expect(read.streamIdentifiers == ["a\tb"])
    var written = [UInt8](repeating: 0, count: read.serializedByteCount)
    written.withUnsafeMutableBytes {
      var writer = ByteWriter($0)
      read.serialize(into: &writer)
    }
    #expect(try MediaControl(octets: written) == read)
  }

  @Test("streams may be named on either side of the command")
  func streams() throws {
    let after =
      "<media_control><vc_primitive><to_encoder><picture_fast_update/></to_encoder>"
      + "<stream_id>a b</stream_id> <stream_id> c</stream_id></vc_primitive></media_control>"
    #expect(
      try MediaControl(octets: octets(after)) == MediaControl(streamIdentifiers: ["a b", "c"]))
    let before =
      "<media_control><vc_primitive><stream_id>1</stream_id><to_encoder><picture_fast_update/>"
      + "</to_encoder></vc_primitive></media_control>"
    #expect(try MediaControl(octets: octets(before)) == MediaControl(streamIdentifiers: ["1"]))
    let several = MediaControl(streamIdentifiers: ["video-1", "\u{E9} 2"])
    expect(several, is: several.octets())
  }

  /// A whole body around what stands in the encoder's element, and around the document.
  private static func body(_ content: String, before: String = "", after: String = "") -> String {
    before + "<media_control><vc_primitive><to_encoder>\(content)</to_encoder></vc_primitive>"
      + "</media_control>" + after
  }

  @Test(
    "anything else is refused, the place told",
    arguments: [
      ("", "XML element", 0),
      ("Signal=5", "XML element", 0),
      (body("<mute_state/>"), "XML element", 41),
      (body(""), "XML element", 41),
      (body("<picture_fast_update2/>"), "XML element", 41),
      (body("<x:picture_fast_update/>"), "XML element", 41),
      (body("<picture_fast_update>x</picture_fast_update>"), "XML end tag", 62),
      (body("<picture_fast_update></to_encoder>"), "XML end tag", 62),
      (body("<picture_fast_update/><picture_fast_update/>"), "XML end tag", 63),
      (body("<picture_fast_update"), "XML element", 41),
      (body("<picture_fast_update/"), "XML start tag", 61),
      (body("<picture_fast_update a/>"), "XML attribute", 62),
      (body("<picture_fast_update a=b/>"), "XML attribute", 62),
      (body("<picture_fast_update a='b/>"), "XML attribute", 62),
      (body("<picture_fast_update a='&lt;'/>"), "XML attribute", 62),
      (body("&pfu;"), "XML element", 41),
      (body("<![CDATA[<picture_fast_update/>]]>"), "XML element", 41),
      (body("<picture_fast_update/>", before: "<!DOCTYPE a [<!ENTITY b 'c'>]>"), "XML element", 0),
      (body("<picture_fast_update/>", before: " <?xml version='1.0'?>"), "XML element", 1),
      (body("<picture_fast_update/>", before: "<?xml-model a?>"), "XML declaration", 5),
      (body("<picture_fast_update/>", before: "<?xml version='1.0'>"), "XML declaration", 20),
      (body("<picture_fast_update/>", before: "<?php x?>"), "XML element", 0),
      (body("<picture_fast_update/>", before: "<!-- "), "XML comment", 4),
      (body("<picture_fast_update/>", after: "x"), "XML document", 107),
      (body("<picture_fast_update/>", after: "<a/>"), "XML document", 107),
      // Namespaces: undeclared, out of scope, closed by another prefix, taken back, nameless.
      ("<m:media_control>", "XML element", 0),
      (body("<a:picture_fast_update xmlns:b='c'/>"), "XML element", 41),
      (
        "<media_control><vc_primitive><stream_id xmlns:a='b'>1</stream_id><a:to_encoder>",
        "XML element", 65
      ),
      (body("<a:picture_fast_update xmlns:a='b'></picture_fast_update>"), "XML end tag", 76),
      (body("<picture_fast_update xmlns:a=''/>"), "XML attribute", 62),
      (body("<picture_fast_update xmlns:='b'/>"), "XML attribute", 62),
      (body("<picture_fast_update xmlns:a:b='b'/>"), "XML attribute", 62),
      (body("<:picture_fast_update/>"), "XML element", 41),
      // Bombs: refused at their first octet that is not expected, whatever follows.
      (String(repeating: "<a>", count: 100_000), "XML element", 0),
      (String(repeating: "<media_control>", count: 100_000), "XML element", 15),
      (body("", before: "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">"), "XML element", 0),
      (body("&#60;picture_fast_update/&#62;"), "XML element", 41),
      (body("<picture_fast_update><?php x?></picture_fast_update>"), "XML end tag", 62),
      (body("<picture_fast_update/>", before: "<?xml version='1.0'?>\u{FEFF}"), "XML element", 21),
      ("<media_control/>", "XML element", 16),
      ("<media_control><vc_primitive><stream_id/>", "XML text", 41),
      ("<media_control><vc_primitive><stream_id> </stream_id>", "XML text", 40),
      ("<media_control><vc_primitive><stream_id>&a;</stream_id>", "XML text", 40),
      ("<media_control><vc_primitive><stream_id>a&b;</stream_id>", "XML end tag", 41),
      ("<media_control><vc_primitive><stream_id>a\u{1}</stream_id>", "XML text", 41),
    ])
  func refuses(text: String, field: String, offset: Int) {
    let error = refusal(of: MediaControl.self, octets(text))
    #expect(error?.field.description == field)
    #expect(error?.offset == offset)
  }

  @Test("a body cut anywhere is refused")
  func cut() {
    let whole = MediaControl().octets()
    // The end of line behind the last tag is no content.
    for length in 0..<whole.count - 2 {
      #expect(refusal(of: MediaControl.self, Array(whole[..<length])) != nil)
    }
  }
}
