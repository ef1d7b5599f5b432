namespace Toolkit.EdgeRuntime;

/// <summary>
/// Something disposable that several sessions use: it is disposed when the last of them lets go. Every backend's
/// <see cref="IInferenceSession.Clone"/> shares the loaded model in this way.
/// </summary>
/// <typeparam name="T">What is shared.</typeparam>
/// <param name="value">What is shared; the maker holds the first reference.</param>
public sealed class SharedResource<T>(T value)
    where T : class, IDisposable
{
    private int _references = 1;

    /// <summary>What is shared.</summary>
    public T Value => value;

    /// <summary>Takes one more reference.</summary>
    /// <returns>The resource itself.</returns>
    /// <exception cref="ObjectDisposedException">The last reference is gone already.</exception>
    public SharedResource<T> Share()
    {
        int seen = Volatile.Read(ref _references);
        while (true)
        {
            ObjectDisposedException.ThrowIf(seen == 0, value);
            int before = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (before == seen)
            {
                return this;
            }

            seen = before;
        }
    }

    /// <summary>Gives one reference back; the last one disposes the resource.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            value.Dispose();
        }
    }
}
