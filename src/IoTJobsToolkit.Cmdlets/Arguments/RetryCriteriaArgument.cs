using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>
/// Takes retries as one number for both types of failure together, as short texts (<c>FAILED 3</c>), or as a hashtable of numbers by type, beside
/// records, hashtables and objects of the criteria.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class RetryCriteriaArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Form =
        "Write a number for failures and timeouts together, as in 3; or TYPE NUMBER, as in 'FAILED 3', 'TIMED_OUT 2'; or @{ FAILED = 3; TIMED_OUT = 2 }. " +
        "TYPE is FAILED, TIMED_OUT or ALL; numbers are 0 to 10, and 10 at most together.";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => ShellValue.Unwrap(inputData) switch
    {
        null => inputData,
        IDictionary table when !HasMembers(table) => table.Keys.Cast<object>().Select(type => Criterion($"{type}", $"{type} {table[type]}", table[type])).ToArray(),
        IList criteria => criteria.Cast<object?>().Select(One).ToArray(),
        var criterion => One(criterion),
    };

    private static bool HasMembers(IDictionary table) => table.Keys.Cast<object>().Any(key =>
        string.Equals($"{key}", nameof(RetryCriteria.FailureType), StringComparison.OrdinalIgnoreCase) ||
        string.Equals($"{key}", nameof(RetryCriteria.NumberOfRetries), StringComparison.OrdinalIgnoreCase));

    /// <summary>What is no criterion stays as it is: the shell's own conversion says why.</summary>
    private static object? One(object? criterion) => ShellValue.Unwrap(criterion) switch
    {
        string text when Short().Match(text) is { Success: true } match =>
            Criterion(match.Groups["type"] is { Length: > 0 } type ? type.Value : "ALL", text, match.Groups["number"].Value),
        string text => throw Refuse(text),
        byte or short or int or long or float or double or decimal => Criterion("ALL", $"{criterion}", criterion),
        _ => criterion,
    };

    private static RetryCriteria Criterion(string type, string text, object? number) =>
        Type().IsMatch(type) && Enum.TryParse<RetryableFailureType>(type, ignoreCase: true, out var failure) &&
        LanguagePrimitives.TryConvertTo<decimal>(ShellValue.Unwrap(number), CultureInfo.InvariantCulture, out var retries) &&
        retries is >= 0 and <= 10 && decimal.IsInteger(retries)
            ? new() { FailureType = failure, NumberOfRetries = (int)retries }
            : throw Refuse(text);

    private static ArgumentTransformationMetadataException Refuse(string text) => new($"'{text}' says no retries. {Form}");

    [GeneratedRegex(@"^\s*((?<type>FAILED|TIMED_OUT|ALL)\s+)?(?<number>[0-9]{1,4})\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Short();

    /// <summary>Without it a number would be taken for a type's.</summary>
    [GeneratedRegex("^(FAILED|TIMED_OUT|ALL)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Type();
}
