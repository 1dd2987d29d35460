namespace IoTJobsToolkit.Wire.Requests;

/// <summary>An operation as it goes out.</summary>
/// <param name="Path">Percent-encoded, as it stands on the request line.</param>
/// <param name="Query">Percent-encoded, without the question mark; empty where there is none.</param>
/// <param name="Body">A JSON object; null for requests which have no body.</param>
public readonly record struct FormattedRequest(string Path, string Query, ReadOnlyMemory<byte>? Body);
