using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Portal.Components.Things;

/// <summary>Which things the list shows. Plain letters are the beginning of names; anything else is a query as of dynamic groups.</summary>
public sealed record ThingsFilter(string? Text = null)
{
    public const string Connected = "connectivity.connected:true";
    public const string NotConnected = "connectivity.connected:false";

    public bool IsEmpty => Text is null;

    public bool IsPrefix => Text is { } text && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public SearchThings Search => new()
    {
        ThingNamePrefix = IsPrefix ? Text : null,
        QueryString = IsPrefix ? null : Text,
    };

    public static ThingsFilter Of(string? text) => new(string.IsNullOrWhiteSpace(text) ? null : text.Trim());
}
