using System.Management.Automation;
using System.Security.Cryptography;

namespace IoTJobsToolkit.Cmdlets.CodeSigning;

/// <summary>The file that devices will get, read piece by piece.</summary>
internal static class Payload
{
    private const int PieceLength = 1024 * 1024;

    /// <param name="progress">Told after each piece how many bytes of how many are read.</param>
    /// <exception cref="SigningException">The file is not there or cannot be read.</exception>
    public static (byte[] Digest, long Size) Hash(
        string path, HashAlgorithmName algorithm, Action<long, long> progress, CancellationToken cancellationToken)
    {
        try
        {
            // Not pooled: a read that was left behind still writes to it.
            var piece = new byte[PieceLength];
            using var file = Interruptible.Run(
                () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan), cancellationToken);
            using var hash = IncrementalHash.CreateHash(algorithm);
            var size = 0L;
            int read;
            while ((read = Interruptible.Run(() => file.Read(piece, 0, PieceLength), cancellationToken)) > 0)
            {
                hash.AppendData(piece, 0, read);
                size += read;
                progress(size, file.CanSeek ? file.Length : size);
            }
            return (hash.GetHashAndReset(), size);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotFound(path, missing);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(path, Directory.Exists(path) ? "it is a folder" : refused.Message, refused);
        }
    }

    public static SigningException NotFound(string path, Exception? cause = null) => new(
        "PayloadNotFound", ErrorCategory.ObjectNotFound, path, $"There is no file {path} to sign.", "Check -Path; -LiteralPath takes names with [ or * as they are.", cause);

    public static SigningException NotReadable(string path, string why, Exception? cause = null) => new(
        "PayloadNotReadable", ErrorCategory.ReadError, path, $"The file {path} cannot be read: {why}", "Check who may read it, and whether something else has it open.", cause);
}
