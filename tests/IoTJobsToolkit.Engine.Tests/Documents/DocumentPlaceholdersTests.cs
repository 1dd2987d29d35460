using System.Text.Json;
using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.Engine.Tests.Documents;

public sealed class DocumentPlaceholdersTests
{
    [Fact]
    public void A_placeholder_is_found_with_kind_argument_and_position()
    {
        const string text = """{ "data": "${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}" }""";

        var placeholder = Assert.Single(DocumentPlaceholders.Parse(text).Placeholders);

        Assert.Equal(PlaceholderKind.PresignedGet, placeholder.Kind);
        Assert.Equal("https://s3.amazonaws.com/b/k", placeholder.Argument);
        Assert.Equal("${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}", text.Substring(placeholder.Start, placeholder.Length));
    }

    [Theory]
    [InlineData("s3-presigned-url", PlaceholderKind.PresignedGet)]
    [InlineData("s3-presigned-url-v1", PlaceholderKind.PresignedGet)]
    [InlineData("s3-presigned-url-v2", PlaceholderKind.PresignedGetEncoded)]
    [InlineData("s3-presigned-url-upload", PlaceholderKind.PresignedUpload)]
    [InlineData("package", PlaceholderKind.Package)]
    [InlineData("parameter", PlaceholderKind.Parameter)]
    [InlineData("code-sign-signature", PlaceholderKind.CodeSignSignature)]
    [InlineData("certificate-chain", PlaceholderKind.Unknown)]
    public void Every_kind_has_its_name(string name, PlaceholderKind kind)
    {
        var placeholder = Assert.Single(DocumentPlaceholders.Parse($$"""["${aws:iot:{{name}}:a:b}"]""").Placeholders);

        Assert.Equal((kind, name, "a:b"), (placeholder.Kind, placeholder.Name, placeholder.Argument));
    }

    [Fact]
    public void Several_in_one_string_and_in_names_are_found_in_order()
    {
        var found = DocumentPlaceholders.Parse("""{"${aws:iot:parameter:a}":"x ${aws:iot:parameter:b} y ${aws:iot:parameter:c}"}""");

        Assert.Equal(["a", "b", "c"], found.Placeholders.Select(placeholder => placeholder.Argument));
    }

    [Fact]
    public void Nested_braces_are_counted()
    {
        var placeholder = Assert.Single(DocumentPlaceholders.Parse("""["${aws:iot:s3-presigned-url-upload:u/${thingName}/${jobId}}"]""").Placeholders);

        Assert.Equal("u/${thingName}/${jobId}", placeholder.Argument);
    }

    [Theory]
    [InlineData("""["${other}"]""")]
    [InlineData("""["$aws:iot:parameter:x"]""")]
    [InlineData("""[1, "${thingName}"]""")]
    public void What_is_not_of_our_kind_is_no_placeholder(string text)
    {
        var found = DocumentPlaceholders.Parse(text);

        Assert.Empty(found.Placeholders);
        Assert.Null(found.UnterminatedAt);
    }

    [Theory]
    [InlineData("""["a", "${aws:iot:parameter:x"]""")]
    [InlineData("""["a", "${aws:iot:x${thingName}", "}"]""")]
    public void A_placeholder_ends_in_its_own_string_or_is_unterminated(string text) =>
        Assert.Equal(text.IndexOf("${aws", StringComparison.Ordinal), DocumentPlaceholders.Parse(text).UnterminatedAt);

    [Fact]
    public void Escapes_of_json_are_resolved_in_the_argument()
    {
        var placeholder = Assert.Single(DocumentPlaceholders.Parse("""["\"${aws:iot:s3-presigned-url:https:\/\/s3.amazonaws.com\/b\/\u00fc}\""]""").Placeholders);

        Assert.Equal("https://s3.amazonaws.com/b/ü", placeholder.Argument);
    }

    [Fact]
    public void Replacing_escapes_the_value_and_keeps_everything_else()
    {
        const string text = "{\r\n\t\"a\" :  \"<${aws:iot:parameter:x}|${aws:iot:unknown:y}>\"\n}";

        var replaced = DocumentPlaceholders.Replace(text, placeholder => placeholder.Kind == PlaceholderKind.Parameter ? "q\"\\\n&ü" : null);

        Assert.Equal("{\r\n\t\"a\" :  \"<q\\\"\\\\\\n&ü|${aws:iot:unknown:y}>\"\n}", replaced);
        Assert.Equal("<q\"\\\n&ü|${aws:iot:unknown:y}>", JsonDocument.Parse(replaced).RootElement.GetProperty("a").GetString());
    }

    [Theory]
    [InlineData("""{"a":"b"}""")]
    [InlineData("""{"a":"${aws:iot:unknown:y}"}""")]
    public void Replacing_nothing_gives_the_same_instance(string text) =>
        Assert.Same(text, DocumentPlaceholders.Replace(text, _ => null));
}
