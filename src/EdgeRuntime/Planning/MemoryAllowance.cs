namespace Toolkit.EdgeRuntime.Planning;

/// <summary>Bytes that the plans of all subgraphs of a model may keep between runs, whoever of them needs it first.</summary>
internal sealed class MemoryAllowance(long bytes)
{
    private long _left = bytes;

    /// <summary>Takes some, or nothing where less is left.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _left, -bytes) >= 0)
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void Give(long bytes) => Interlocked.Add(ref _left, bytes);
}
