namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>What the durable layer asks of a file, so that a simulated power cut can stand in for a disk.</summary>
internal interface IDurableFile : IDisposable
{
    string Name { get; }

    long Length { get; }

    /// <summary>Fills the buffer as far as the file reaches; answers the bytes read.</summary>
    int Read(Span<byte> buffer, long offset);

    void Write(ReadOnlySpan<byte> buffer, long offset);

    void SetLength(long length);

    /// <summary>Returns when everything written so far survives a power cut.</summary>
    void Sync();
}
