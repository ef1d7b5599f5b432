using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>The terms of an <see cref="OrderedSum"/>, by their index.</summary>
/// <typeparam name="TElement">The element type of the terms.</typeparam>
internal interface ISumTerms<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Adds the terms from <paramref name="index"/> on, one a lane.</summary>
    TLanes AddTo<TLanes>(TLanes sum, int index)
        where TLanes : struct, ILanes<TLanes, TElement>;

    /// <summary>Adds the <paramref name="count"/> terms from <paramref name="index"/> on to the first lanes, 0 to the others.</summary>
    TLanes AddPartialTo<TLanes>(TLanes sum, int index, int count)
        where TLanes : struct, ILanes<TLanes, TElement>;
}
