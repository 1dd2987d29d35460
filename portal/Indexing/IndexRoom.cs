namespace IoTJobsToolkit.Portal.Indexing;

/// <summary>How many executions all indexes together may hold.</summary>
internal sealed class IndexRoom(int most)
{
    private int _taken;

    public bool IsOverfull => Taken > most;

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes room, or gives it back where there are fewer; false where there is too little, and then it is taken all the same.</summary>
    public bool Take(int executions) => Interlocked.Add(ref _taken, executions) <= most || executions <= 0;

    public void GiveBack(int executions) => Interlocked.Add(ref _taken, -executions);
}
