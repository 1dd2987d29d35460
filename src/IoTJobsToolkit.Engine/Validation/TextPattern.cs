using System.Buffers;
using System.Globalization;
using System.Text;

namespace IoTJobsToolkit.Engine.Validation;

/// <summary>A pattern of the service model, matched over the whole value. <see cref="Text"/> is the model's own wording.</summary>
internal sealed class TextPattern
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    private readonly Func<string, bool> _matches;

    private TextPattern(string text, Func<string, bool> matches)
    {
        Text = text;
        _matches = matches;
    }

    /// <summary>Job ids and namespaces.</summary>
    public static TextPattern JobId { get; } = Chars("[a-zA-Z0-9_-]+", Letters + Digits + "_-");

    /// <summary>Job ids of devices, which may also say <c>$next</c>.</summary>
    public static TextPattern JobIdOrNext { get; } =
        new(@"[a-zA-Z0-9_-]+|^\$next", value => value == "$next" || JobId.Matches(value));

    /// <summary>Names of things, groups, types; keys of status details.</summary>
    public static TextPattern Name { get; } = Chars("[a-zA-Z0-9:_-]+", Letters + Digits + ":_-");

    public static TextPattern JobIdWildcard { get; } = Chars("[a-zA-Z0-9_*?-]*", Letters + Digits + "_*?-", mayBeEmpty: true);

    public static TextPattern GroupId { get; } = Chars(@"[a-zA-Z0-9\-]+", Letters + Digits + "-");

    public static TextPattern ReasonCode { get; } = Chars(@"[\p{Upper}\p{Digit}_]+", "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + Digits + "_");

    public static TextPattern Arn { get; } = new("^arn:[!-~]+$", value =>
        value.Length > 4 && value.StartsWith("arn:", StringComparison.Ordinal) && value.AsSpan(4).ContainsAnyExceptInRange('!', '~') is false);

    /// <summary>The dot of the model's pattern stands for any character.</summary>
    public static TextPattern TemplateVersion { get; } = new("^[1-9]+.[0-9]+", value => Enumerable.Range(1, Math.Max(0, value.Length - 2)).Any(dot =>
        !value.AsSpan(0, dot).ContainsAnyExceptInRange('1', '9') && value[dot] != '\n' &&
        !value.AsSpan(dot + 1).ContainsAnyExceptInRange('0', '9')));

    public static TextPattern AttributeName { get; } = Chars("[a-zA-Z0-9_.,@/:#-]+", Letters + Digits + "_.,@/:#-");

    public static TextPattern AttributeValue { get; } =
        Chars(@"[a-zA-Z0-9_.,@/:#=\[\]-]*", Letters + Digits + "_.,@/:#=[]-", mayBeEmpty: true);

    public static TextPattern GroupDescription { get; } =
        new(@"[\p{Graph}\x20]*", value => !value.AsSpan().ContainsAnyExceptInRange(' ', '~'));

    /// <summary>At least one character, none of Unicode's "other" categories: control, format, surrogate, private use, unassigned.</summary>
    public static TextPattern NoControl { get; } = new(@"[^\p{C}]+", value => value.Length > 0 && AllRunes(value, rune => !IsOther(rune)));

    /// <summary>Names of the portal's accounts: nothing that looks like nothing.</summary>
    public static TextPattern AccountName { get; } = new(@"[\p{L}\p{M}\p{N}._@+-]+", value => value.Length > 0 && AllRunes(value, IsNameCharacter));

    public static TextPattern TagKey { get; } = new(@"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$", value => AllRunes(value, IsTagCharacter));

    public string Text { get; }

    public bool Matches(string value) => _matches(value);

    private static TextPattern Chars(string text, string allowed, bool mayBeEmpty = false)
    {
        var set = SearchValues.Create(allowed);
        return new(text, value => (mayBeEmpty || value.Length > 0) && !value.AsSpan().ContainsAnyExcept(set));
    }

    private static bool AllRunes(string value, Func<Rune, bool> allowed)
    {
        for (var i = 0; i < value.Length;)
        {
            if (Rune.DecodeFromUtf16(value.AsSpan(i), out var rune, out var length) != OperationStatus.Done || !allowed(rune))
            {
                return false;
            }
            i += length;
        }
        return true;
    }

    private static bool IsOther(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static bool IsNameCharacter(Rune rune) =>
        Rune.IsLetter(rune) || Rune.IsNumber(rune) || rune.IsAscii && "._@+-".Contains((char)rune.Value, StringComparison.Ordinal) ||
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsTagCharacter(Rune rune) =>
        Rune.IsLetter(rune) || Rune.IsNumber(rune) || "_.:/=+-@".Contains((char)rune.Value, StringComparison.Ordinal) && rune.IsBmp ||
        Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
