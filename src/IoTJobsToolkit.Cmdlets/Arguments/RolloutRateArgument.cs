using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>
/// Takes a rollout's rate as a number of executions per minute, or as a short text for one that grows (jobs-reference 5):
/// <c>50..1000 x1.5 every 100 notified</c>, without the maximum too, and with a second criterion after <c>or</c>. Records, hashtables and objects
/// are left to the shell's own conversion.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class RolloutRateArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Form =
        "Write a number, as in 50; or BASE..MAXIMUM xFACTOR every COUNT notified (or succeeded), as in '50..1000 x1.5 every 100 notified': it begins " +
        "with 50 and is multiplied by 1.5 at each further 100 things, up to 1000. ..MAXIMUM may be left out, 'or COUNT succeeded' may follow. " +
        "BASE is 1 to 1000, FACTOR 1.1 to 5 with one decimal at most.";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => ShellValue.Unwrap(inputData) switch
    {
        string text => Read(text),
        byte or short or int or long or float or double or decimal => Read(LanguagePrimitives.ConvertTo<string>(inputData)),
        _ => inputData,
    };

    private static JobExecutionsRolloutConfig Read(string text)
    {
        if (Short().Match(text) is not { Success: true } match || Number(match.Groups["base"]) is not { } rate)
        {
            throw Refuse(text);
        }
        var growth = match.Groups["factor"];
        var maximum = Number(match.Groups["maximum"]);
        if (!growth.Success)
        {
            return maximum is null ? new() { MaximumPerMinute = rate } : throw Refuse(text);
        }
        var factor = decimal.Parse(growth.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return rate <= 1000 && factor is >= 1.1m and <= 5 && !(maximum < rate)
            ? new() { MaximumPerMinute = maximum, ExponentialRate = new() { BaseRatePerMinute = rate, IncrementFactor = factor, RateIncreaseCriteria = Criteria(match, text) } }
            : throw Refuse(text);
    }

    private static RateIncreaseCriteria Criteria(Match match, string text)
    {
        var counts = match.Groups["kind"].Captures.Zip(match.Groups["count"].Captures)
            .ToLookup(pair => pair.First.Value, pair => Number(pair.Second) ?? throw Refuse(text), StringComparer.OrdinalIgnoreCase);
        return counts.All(kind => kind.Count() == 1)
            ? new() { NumberOfNotifiedThings = Only("notified"), NumberOfSucceededThings = Only("succeeded") }
            : throw Refuse(text);

        int? Only(string kind) => counts[kind].Select(count => (int?)count).SingleOrDefault();
    }

    private static int? Number(Capture capture) =>
        int.TryParse(capture.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static ArgumentTransformationMetadataException Refuse(string text) => new($"'{text}' is no rate of a rollout. {Form}");

    [GeneratedRegex(
        @"^\s*(?<base>[0-9]+)(\s*\.\.\s*(?<maximum>[0-9]+))?" +
        @"(\s*x\s*(?<factor>[0-9](\.[0-9])?)\s+(every|after)\s+(?<count>[0-9]+)\s+(?<kind>notified|succeeded)(\s+or\s+(?<count>[0-9]+)\s+(?<kind>notified|succeeded))?)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
