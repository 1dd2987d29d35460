using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Server.Hosting;
using Microsoft.Extensions.Configuration;

namespace IoTJobsToolkit.Server.Settings;

/// <summary>Reads settings and refuses what they may not be: name, value and what is allowed.</summary>
public sealed class SettingReader(IConfiguration configuration)
{
    private const string AnyPort = "auto";

    /// <summary>Refuses settings below a section which no one reads: a misspelt name would else be a default in disguise.</summary>
    public void AllowOnly(string section, params string[] names)
    {
        var known = names.Select(name => $"{section}:{name}").ToArray();
        foreach (var (name, value) in configuration.GetSection(section).AsEnumerable())
        {
            if (value is not null && !known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new StartException(StartException.BadSetting, $"There is no setting {name}; there are {string.Join(", ", known)}.");
            }
        }
    }

    public string? Text(string name) => configuration[name] is { Length: > 0 } text ? text : null;

    /// <summary>With semicolons between them.</summary>
    public IReadOnlyList<string> List(string name) =>
        (Text(name) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public string Matching(string name, string otherwise, string pattern, string allowed)
    {
        var value = Text(name) ?? otherwise;
        return Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.CultureInvariant) ? value : throw Refused(name, value, allowed);
    }

    public TEnum Word<TEnum>(string name, TEnum otherwise)
        where TEnum : struct, Enum
    {
        if (Text(name) is not { } value)
        {
            return otherwise;
        }
        return Enum.TryParse<TEnum>(value, ignoreCase: true, out var word) && Enum.GetNames<TEnum>().Contains(value, StringComparer.OrdinalIgnoreCase)
            ? word
            : throw Refused(name, value, string.Join(", ", Enum.GetNames<TEnum>()));
    }

    public bool Flag(string name) => Text(name) switch
    {
        null => false,
        var value => bool.TryParse(value, out var flag) ? flag : throw Refused(name, value, "true, false"),
    };

    /// <summary>Null where the setting is not there.</summary>
    public int? WholeNumber(string name, int min, int max)
    {
        if (Text(name) is not { } value)
        {
            return null;
        }
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Refused(name, value, $"a whole number from {min} to {max}");
    }

    /// <summary>A port to listen at: 0 for any that is free, null for none.</summary>
    public int? Port(string name, int otherwise) => Text(name) switch
    {
        null => otherwise,
        "0" => null,
        var any when any.Equals(AnyPort, StringComparison.OrdinalIgnoreCase) => 0,
        var text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort
            ? port
            : throw Refused(name, text, $"a port from 1 to 65535, {AnyPort} for any that is free, 0 for none"),
    };

    public static StartException Refused(string name, string value, string allowed) =>
        new(StartException.BadSetting, $"The setting {name} has the value '{value}'; allowed: {allowed}.");
}
