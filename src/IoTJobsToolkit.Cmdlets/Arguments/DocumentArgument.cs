using System.Collections;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>Takes a job document as a hashtable, an object or a record too, and makes JSON text of it; text stays exactly as it is.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DocumentArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => ShellValue.Unwrap(inputData) switch
    {
        null => null,
        string text => text,
        IList lines when lines.Count > 0 && lines.Cast<object?>().All(line => ShellValue.Unwrap(line) is string) => throw new ArgumentTransformationMetadataException(
            $"These are {lines.Count} texts, not one. Read a file as a whole, with -DocumentPath or Get-Content -Raw."),
        FileSystemInfo file => throw new ArgumentTransformationMetadataException($"{file.Name} is a file. Name it by -DocumentPath."),
        var value => JsonText.Of(value),
    };
}
