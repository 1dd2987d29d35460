namespace IoTJobsToolkit.Engine.Work;

/// <summary>Wakes the store's thread; ringing before it sleeps is not lost, ringing after its end does no harm.</summary>
internal sealed class Bell
{
    private readonly object _gate = new();
    private bool _rung;

    public void Ring()
    {
        lock (_gate)
        {
            _rung = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Wait()
    {
        lock (_gate)
        {
            while (!_rung)
            {
                Monitor.Wait(_gate);
            }
            _rung = false;
        }
    }
}
