namespace Toolkit.EdgeRuntime.Operators;

/// <summary>One element of a binary operation with broadcasting; <see cref="BroadcastLoop"/> says which elements meet.</summary>
/// <typeparam name="TX">The first operand's elements.</typeparam>
/// <typeparam name="TY">The second operand's elements.</typeparam>
/// <typeparam name="TZ">The result's elements.</typeparam>
internal interface IBroadcastBody<TX, TY, TZ>
{
    /// <summary>z = f(x, y).</summary>
    static abstract TZ Invoke(TX x, TY y);
}
