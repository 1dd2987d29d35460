using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>
/// Takes tags as a person writes them too: <c>@{ team = 'ops'; site = 'eu' }</c>. What has the members Key and Value alone, as in AWS's scripts, and records and
/// objects are left to the shell's own conversion.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TagArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => ShellValue.Unwrap(inputData) switch
    {
        IDictionary map when IsShort(map) => Read(map).ToArray(),
        IList list when list.Cast<object?>().Any(item => ShellValue.Unwrap(item) is IDictionary map && IsShort(map)) =>
            list.Cast<object?>().SelectMany(item => ShellValue.Unwrap(item) is IDictionary map && IsShort(map) ? Read(map) : [item!]).ToArray(),
        _ => inputData,
    };

    private static bool IsShort(IDictionary map) => !map.Keys.Cast<object>().All(key =>
        string.Equals(key.ToString(), nameof(Tag.Key), StringComparison.OrdinalIgnoreCase) ||
        string.Equals(key.ToString(), nameof(Tag.Value), StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<object> Read(IDictionary map) => map.Cast<DictionaryEntry>()
        .Select(entry => new Tag { Key = entry.Key.ToString(), Value = LanguagePrimitives.ConvertTo<string>(entry.Value) })
        .OrderBy(tag => tag.Key, StringComparer.Ordinal);
}
