namespace Toolkit.Numerics;

/// <summary>
/// Work that <see cref="WorkerPool.Run{TBody}"/> splits over threads. Implemented by a struct that holds raw pointers or
/// references to what the parts read and write; the parts run concurrently on the same instance.
/// </summary>
public interface IParallelBody
{
    /// <summary>Does part <paramref name="part"/> of <paramref name="partCount"/>. What a part does may depend on
    /// these two numbers only, never on the thread.</summary>
    void Invoke(int part, int partCount);
}
