using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IoTJobsToolkit.Engine.Templates;

/// <summary>Writes the documents of managed templates: one step, every parameter as a placeholder (jobs-reference 12.2).</summary>
internal static class ManagedDocument
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The device runs a script, each parameter in <paramref name="arguments"/> as an argument of it.</summary>
    public static string RunHandler(
        string action, string handler, IReadOnlyList<DocumentParameter> arguments, DocumentParameter path, DocumentParameter runAsUser) =>
        Write(action, "runHandler", runAsUser, json =>
        {
            json.WriteString("handler", handler);
            if (arguments.Count > 0)
            {
                json.WriteStartArray("args");
                foreach (var argument in arguments)
                {
                    json.WriteStringValue(Placeholder(argument));
                }
                json.WriteEndArray();
            }
            json.WriteString("path", Placeholder(path));
        });

    /// <summary>The device runs a command line.</summary>
    public static string RunCommand(string action, DocumentParameter command, DocumentParameter runAsUser) =>
        Write(action, "runCommand", runAsUser, json => json.WriteString("command", Placeholder(command)));

    private static string Write(string action, string type, DocumentParameter runAsUser, Action<Utf8JsonWriter> writeInput)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteStartArray("steps");
            json.WriteStartObject();
            json.WriteStartObject("action");
            json.WriteString("name", action);
            json.WriteString("type", type);
            json.WriteStartObject("input");
            writeInput(json);
            json.WriteEndObject();
            json.WriteString("runAsUser", Placeholder(runAsUser));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Placeholder(DocumentParameter parameter) => $"${{aws:iot:parameter:{parameter.Key}}}";
}
