using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Commands;

/// <summary>A request as a command of the AWS CLI, for a POSIX shell.</summary>
public static class AwsCommand
{
    /// <param name="endpoint">The server's address.</param>
    public static string Of(CreateJob request, JobsSettings settings, Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(endpoint);
        var json = JsonSerializer.Serialize(request, WireJson.Aws.Readable<CreateJob>());
        return $"aws iot create-job --endpoint-url {Quote(endpoint.ToString().TrimEnd('/'))} --region {Quote(settings.Region)} \\\n  --cli-input-json {Quote(json)}";
    }

    /// <summary>Nothing is special between single quotes, but the quote itself.</summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", """'\''""", StringComparison.Ordinal)}'";
    }
}
