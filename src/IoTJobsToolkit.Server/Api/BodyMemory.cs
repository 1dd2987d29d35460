using IoTJobsToolkit.Server.Settings;

namespace IoTJobsToolkit.Server.Api;

/// <summary>
/// Room for large bodies, of all requests together: who sends many of them slowly is stopped here. Small ones need none, so they are served
/// meanwhile.
/// </summary>
internal sealed class BodyMemory(ServerSettings settings)
{
    private readonly int _limit = settings.Http.MaxBodyMemoryBytes;
    private long _taken;

    /// <summary>Null where there is not that much left.</summary>
    public Share? TryTake(int bytes)
    {
        var share = new Share(this);
        return share.TryGrow(bytes) ? share : null;
    }

    /// <summary>What one request has of it.</summary>
    public sealed class Share(BodyMemory memory) : IDisposable
    {
        private int _bytes;

        /// <summary>Grows to <paramref name="bytes"/> in all, unless there is not that much left.</summary>
        public bool TryGrow(int bytes)
        {
            var more = bytes - _bytes;
            if (Interlocked.Add(ref memory._taken, more) > memory._limit)
            {
                Interlocked.Add(ref memory._taken, -more);
                return false;
            }
            _bytes = bytes;
            return true;
        }

        public void Dispose() => Interlocked.Add(ref memory._taken, -Interlocked.Exchange(ref _bytes, 0));
    }
}
