using System.Globalization;

namespace IoTJobsToolkit.Engine.Validation;

/// <summary>
/// The constraints of single members, in AWS's words (http-api 8): the first one broken is reported, with field, value and rule.
/// Lengths count UTF-16 units; patterns match the whole value (http-api 4).
/// </summary>
internal sealed class Check(JobsSettings settings)
{
    /// <summary>Whether AWS's quotas hold (jobs-reference 17).</summary>
    public bool HasLimits => settings.Limits == LimitsProfile.Aws;

    /// <summary>The quota of executions per minute; null where the installation sets none.</summary>
    public int? RateLimit => HasLimits ? Jobs.RolloutRate.Default : null;

    public void Required(string field, object? value)
    {
        if (value is null)
        {
            throw Failed(field, null, "Member must not be null");
        }
    }

    public void Length(string field, string? value, int min, int max)
    {
        if (value is null)
        {
            return;
        }
        if (value.Length < min)
        {
            throw Failed(field, value, $"Member must have length greater than or equal to {min}");
        }
        if (value.Length > max)
        {
            throw Failed(field, value, $"Member must have length less than or equal to {max}");
        }
    }

    public void Pattern(string field, string? value, TextPattern pattern)
    {
        if (value is not null && !pattern.Matches(value))
        {
            throw Failed(field, value, $"Member must satisfy regular expression pattern: {pattern.Text}");
        }
    }

    public void Text(string field, string? value, int min, int max, TextPattern pattern)
    {
        Length(field, value, min, max);
        Pattern(field, value, pattern);
    }

    public void Range(string field, long? value, long min, long max)
    {
        if (value < min)
        {
            throw Failed(field, value, $"Member must have value greater than or equal to {min}");
        }
        if (value > max)
        {
            throw Failed(field, value, $"Member must have value less than or equal to {max}");
        }
    }

    public void AtLeast(string field, long? value, long min) => Range(field, value, min, long.MaxValue);

    public void Range(string field, decimal? value, decimal min, decimal max)
    {
        if (value < min)
        {
            throw Failed(field, value, string.Create(CultureInfo.InvariantCulture, $"Member must have value greater than or equal to {min}"));
        }
        if (value > max)
        {
            throw Failed(field, value, string.Create(CultureInfo.InvariantCulture, $"Member must have value less than or equal to {max}"));
        }
    }

    /// <summary>At most <paramref name="digits"/> decimal digits, trailing zeros not counted.</summary>
    public void Decimals(string field, decimal? value, int digits)
    {
        if (value is { } number && decimal.Round(number, digits) != number)
        {
            throw Failed(field, value, $"Member must have at most {digits} decimal digit{(digits == 1 ? "" : "s")}");
        }
    }

    public void Count<T>(string field, IReadOnlyCollection<T>? value, int min, int max)
    {
        if (value is null)
        {
            return;
        }
        if (value.Count < min)
        {
            throw Failed(field, $"[{value.Count} items]", $"Member must have length greater than or equal to {min}");
        }
        if (value.Count > max)
        {
            throw Failed(field, $"[{value.Count} items]", $"Member must have length less than or equal to {max}");
        }
    }

    public void Defined<TEnum>(string field, TEnum? value)
        where TEnum : struct, Enum
    {
        if (value is { } given && !Enum.IsDefined(given))
        {
            throw NotInEnum<TEnum>(field, given.ToString());
        }
    }

    public static JobsException NotInEnum<TEnum>(string field, string value)
        where TEnum : struct, Enum =>
        Failed(field, value, $"Member must satisfy enum value set: [{string.Join(", ", Enum.GetNames<TEnum>())}]");

    /// <summary>The refusal in AWS's form; long values are shortened, so that an error stays readable.</summary>
    public static JobsException Failed(string field, object? value, string rule)
    {
        var text = value switch
        {
            null => "null",
            IFormattable number => $"'{number.ToString(null, CultureInfo.InvariantCulture)}'",
            _ => $"'{Shorten(value.ToString() ?? "")}'",
        };
        return JobsException.InvalidRequest(
            $"1 validation error detected: Value {text} at '{field}' failed to satisfy constraint: {rule}");
    }

    private static string Shorten(string value) => value.Length <= 160 ? value : $"{value[..120]}... ({value.Length} characters)";
}
