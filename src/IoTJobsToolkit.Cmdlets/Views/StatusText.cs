using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;

namespace IoTJobsToolkit.Cmdlets.Views;

/// <summary>Statuses in the colours which they have in the portal, for views.</summary>
public static class StatusText
{
    private static readonly Lazy<Style?> Current = new(Style.Find);

    /// <param name="status">A status of anything: its name chooses the colour.</param>
    /// <param name="host">Null for a host that shows no colours.</param>
    /// <param name="text">What is shown in the colour; the status itself where it is not given.</param>
    public static string Of(object? status, PSHost? host, string? text = null)
    {
        var name = status?.ToString() ?? "";
        var shown = string.IsNullOrEmpty(text) ? name : text;
        return shown.Length > 0 && host?.UI is { SupportsVirtualTerminal: true } && ColourOf(name) is { } colour && Current.Value?.Code(colour, IsRedirected(host)) is { } code
            ? code + shown + Current.Value.Reset
            : shown;
    }

    /// <summary>What the shell writes goes to a file or to another program: there it takes no colours out again by itself.</summary>
    private static bool IsRedirected(PSHost host) => host.Name == "ConsoleHost" && Console.IsOutputRedirected;

    /// <summary>The name of a colour in <c>$PSStyle.Foreground</c>; null for what looks as all text does.</summary>
    private static string? ColourOf(string status) => status switch
    {
        "SUCCEEDED" or "COMPLETED" or "ACTIVE" => "Green",
        "FAILED" or "DELETION_IN_PROGRESS" or "REVOKED" or "DEAD" => "Red",
        "TIMED_OUT" or "EXPIRED" => "Yellow",
        "REJECTED" => "Magenta",
        "IN_PROGRESS" or "BUILDING" or "REBUILDING" => "BrightBlue",
        "CANCELED" or "REMOVED" => "BrightBlack",
        _ => null,
    };

    /// <summary><c>$PSStyle</c>, which is younger than what this assembly is compiled against.</summary>
    private sealed class Style
    {
        private readonly object _instance;
        private readonly PropertyInfo _rendering;
        private readonly Dictionary<string, string> _codes;

        private Style(object instance, PropertyInfo rendering, object foreground, string reset)
        {
            _instance = instance;
            _rendering = rendering;
            _codes = foreground.GetType().GetProperties()
                .Where(property => property.PropertyType == typeof(string) && property.GetIndexParameters().Length == 0)
                .ToDictionary(property => property.Name, property => (string)property.GetValue(foreground)!);
            Reset = reset;
        }

        public string Reset { get; }

        /// <summary>Null in a shell that has none.</summary>
        public static Style? Find()
        {
            var type = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle");
            var instance = type?.GetProperty("Instance")?.GetValue(null);
            return type?.GetProperty("OutputRendering") is { } rendering && type.GetProperty("Foreground")?.GetValue(instance) is { } foreground &&
                type.GetProperty("Reset")?.GetValue(instance) is string reset
                ? new(instance!, rendering, foreground, reset)
                : null;
        }

        /// <summary>Null where the user wants plain text, as with NO_COLOR; what goes to a file or a string is made plain by the shell itself.</summary>
        public string? Code(string colour, bool isRedirected) => _rendering.GetValue(_instance)?.ToString() switch
        {
            "PlainText" => null,
            "Host" when isRedirected => null,
            _ => _codes.GetValueOrDefault(colour),
        };
    }
}
