using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IoTJobsToolkit.Simulation;

/// <summary>Chance that falls the same each time for the same seed and subject, whatever else happens, on every machine.</summary>
internal sealed class Dice(int seed, params IEnumerable<string> subject)
{
    private readonly string _subject = $"{seed}\n{string.Join('\n', subject)}";
    private int _rolls;

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Roll()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{_subject}\n{_rolls++}"), hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }

    public bool Falls(double share) => Roll() < share;

    public T Choose<T>(IReadOnlyList<T> among) => among[(int)(Roll() * among.Count)];
}
