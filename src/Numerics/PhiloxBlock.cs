using System.Runtime.CompilerServices;

namespace Toolkit.Numerics;

/// <summary>The four 32-bit numbers of one Philox counter.</summary>
[InlineArray(4)]
internal struct PhiloxBlock
{
    private uint _first;
}
