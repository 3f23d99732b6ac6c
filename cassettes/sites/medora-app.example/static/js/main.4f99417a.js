(()=>{"use strict";document.getElementById("root").textContent=""})();
