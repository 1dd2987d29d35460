using System.Collections;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>A hashtable as the engine takes it: text to text.</summary>
internal static class TextMap
{
    public static IReadOnlyDictionary<string, string>? Of(IDictionary? table) => table?.Cast<DictionaryEntry>()
        .ToDictionary(entry => Text(entry.Key), entry => Text(entry.Value), StringComparer.Ordinal);

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value);
}
