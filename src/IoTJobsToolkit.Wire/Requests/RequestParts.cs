namespace IoTJobsToolkit.Wire.Requests;

/// <summary>What a request carries.</summary>
/// <param name="PathValues">Decoded, in the order of the route's path members.</param>
/// <param name="Query">As it came, without the question mark.</param>
public readonly record struct RequestParts(IReadOnlyList<string> PathValues, string Query, ReadOnlyMemory<byte> Body);
